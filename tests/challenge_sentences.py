"""Sentences of two kinds, each in two halves: the detector was made better on the first, and is measured on the second.

In `CASES` practitioners disagree about one child's or family's case; `CHALLENGES` ask an agency how it works.
"""

from __future__ import annotations

CASES_SEEN = """
We think the threshold for a strategy meeting was met on Monday and you did not hold one
Children's social care stepped the family down to early help even though the violence goes on
The school has made four referrals about the same pupil and nothing has happened
We want the no further action decision looked at again, as the bruises were never explained
The child was discharged home without a safety plan and we objected at the time
Nobody has seen the baby since the discharge planning meeting last week
I do not think it is safe for him to go back to his stepfather
The allocated worker keeps changing and the sisters have told us they are frightened
Our midwife asked for a pre-birth assessment of this unborn baby and was turned away
Social care says neglect is not evidenced, but we have sent photographs of the home
The police took no action after the disclosure she made in school
Why has the young person we referred not been given a social worker?
The conference chair removed the plan although three agencies voted against it
We cannot agree that the risk to the two boys has reduced
The mother has missed every appointment and the case is about to be closed
A teenager we support was placed outside the area without a risk assessment
He came to school hungry again today and the duty team would not take the call
The assessment of this family left out everything that health had said
The children should be looked after, and the local authority will not issue proceedings
Mental health services discharged the girl after one missed appointment
We have escalated twice already about the placement and had no reply from the team manager
The father is still in the house and the working agreement is not being kept
Her return interview was not done, and she has gone missing twice since
We dispute the section 47 outcome, since the medical was not read
Housing will not move the mother and her three children away from the perpetrator
The foster carer was told to send him home and we believe that was dangerous
Please look again at whether the twins should be on a plan
The GP's concerns about the infant's weight were ignored by the duty social worker
We asked for a review conference on this lad and it was refused
It was wrong to close the family to children in need when the drinking had started again
""".strip().splitlines()

CHALLENGES_SEEN = """
How many strategy meetings in the last quarter were held without health, and why?
What does your agency do when its practitioners disagree with a threshold decision?
We would like to see how step-down decisions are quality assured
Four of ten audited referrals had no outcome letter; what is being done?
Show us how no further action decisions are sampled by managers
Discharge planning meetings rarely have a safety plan attached; how will this change?
How is the voice of babies and infants captured by health visiting?
Staff turnover means that children have several workers: what is the plan?
Pre-birth assessments are started late across the district; how will that be mended?
What training do duty social workers have in recognising neglect?
How often do the police tell schools about domestic abuse before the school day?
Why are waiting times for a social worker longer than a year ago?
Please explain how dissent is recorded at child protection conferences
How do you assure yourselves that risk assessments are reviewed after a change of circumstances?
What happens when parents miss appointments in adult mental health services?
Placements outside the area are growing; how does the authority check on them?
School attendance officers say that duty calls go unanswered for an hour
Is information from health always reflected in assessments?
The number of care proceedings issued has doubled; what lies behind it?
CAMHS closes young people after one missed appointment as a rule; we ask for that to be reviewed
How quickly do team managers answer escalations, and who counts them?
Are working agreements with fathers monitored, and by whom?
What proportion of return interviews are completed within three days?
The section 47 timescales were missed in a fifth of enquiries
How does housing take account of children when it moves victims of domestic abuse?
Foster carers report that their views are not heard at reviews
Why are so few twins and siblings placed together in our area?
GPs do not send reports to conferences; what would help them to do so?
How are requests for review conferences handled and how often are they refused?
We ask how your agency knows that children in need plans make a difference
""".strip().splitlines()

CASES_UNSEEN = """
The social work team has decided not to assess and we are sure that is a mistake
This pupil has a broken arm and nobody held a strategy discussion
We object to the baby going home with her parents on Friday
Early help is not enough for this household and we have said so three times
I am unhappy that the lad was interviewed without an appropriate adult
The hospital let the toddler leave before the skeletal survey was back
Your duty worker told our nurse that the bruise did not meet threshold
Her social worker has cancelled three visits in a row
The plan was ended at the last conference against the advice of school and health
We believe the girl is being exploited and the panel has graded her as low risk
Please reverse the decision to let the uncle have unsupervised contact
The brothers were split up without anyone asking us
Nobody told the nursery that the grandmother had been convicted
Children's services have closed it twice now and the parents are drinking again
We are worried that the new partner has not been checked before moving in
The school nurse thinks the child is losing weight and the paediatrician will not see him
The referral we made on Tuesday about a mother with a newborn was not accepted
He has been missing for nine days and the police have him as no apparent risk
The core group has stopped meeting and the family is in crisis
We do not support the move of this young woman to semi-independent accommodation
Adult services refuse to assess the mother although she cannot care for her son
The conference was held without us and we would have argued for a plan
Why was the safety plan for the two sisters written without the school?
Her disclosure was not taken seriously by the officer who attended
Probation did not tell anybody that the stepdad had been released
The doctor wrote that the injury was accidental and we think it was not
The court was not told about the last three incidents with this father
Our concerns about the little boy in year two have been dismissed
They say the family has moved and will not transfer the case
The independent reviewing officer has not answered our dispute about her placement
""".strip().splitlines()

CHALLENGES_UNSEEN = """
What is your agency doing about unallocated referrals?
How do you check that strategy discussions follow the procedures when a child has an injury?
The hospital's discharge policy does not mention safeguarding supervision
Early help assessments are falling across all areas; why?
How are young people interviewed by the police offered an appropriate adult?
Skeletal surveys are delayed at weekends; what is the recovery plan?
What guidance do duty workers have about bruising in babies who do not move yet?
How many visits to children on plans were cancelled last quarter?
Conferences often end plans at the first review: is that tested?
How does the exploitation panel moderate its grading of risk?
Please tell us how contact decisions are recorded and reviewed
What is the policy about placing brothers and sisters together?
Do nurseries receive information about convicted adults in time?
Repeat referrals within a year have risen to a quarter; what do you make of it?
How does your service check new partners who join a household?
School nursing posts are vacant in two localities and we ask for the plan
Referral acceptance rates differ between the teams by thirty points
Missing episodes are graded as no apparent risk too often, says the audit
Core groups met in time in only six of ten cases
How do you prepare young women who leave care for living alone?
What arrangements exist between adult and children's services for parents with learning disabilities?
Agencies are invited late to conferences; can the invitation go out sooner?
Safety plans are seldom shared with schools
How do officers record disclosures that children make at the scene?
Does probation tell children's services before releases of people who pose a risk?
What do paediatricians do when they cannot say whether an injury is accidental?
The quality of statements to court varies; how is it supervised?
Schools say that their concerns are dismissed: what does your data show?
How are families who move between areas transferred, and within how many days?
How long do independent reviewing officers take to resolve disputes?
""".strip().splitlines()

NEAR = """
The father is missing from most assessments
The child is not seen alone in many visits
We are not sure that the family is asked what would help
The voice of the child is missing from your return
The young person's guide to conferences is out of date
Housing closed the drop-in for parents on Friday
The neglect toolkit was not used by the school nursing team
Your agency did not come to the conference on Friday
The family courts do not receive the statements in time
Working with the father is not mentioned in your supervision template
The baby is not mentioned in the domestic abuse pathway
Her Majesty's inspectorate found supervision weak; what has changed?
The partnership chair asked for his letter to be answered
The mother and baby unit has no safeguarding lead
No threshold was met for commissioning the service
Thinking of the household is not yet part of the adult assessment form
The response says that the threshold was not met for a learning review
The parents' view is missing from the template
We do not think that the family is at the centre of the new model
When a child is not brought, the clinic discharges the family
The child's wishes should be the first line of every referral form
The mother should be invited to the first meeting of the pathway
Nobody in your agency has said what the parents in the group told us
Did the safeguarding lead share her slides after the event?
We think a child should be seen within a day, and your standard says five
The young person should be told why: where does your leaflet say so?
""".strip().splitlines()
"""Ordinary ones that name a child, a parent or a family without being about one."""

"""Two hundred ordinary lines of a partnership's log, with the numbers, dates and short forms that such lines hold."""

from __future__ import annotations

_ACTIONS = """
Audit MASH thresholds
Audit 40 referrals to the front door from the last two quarters of 2025/26
Report on timeliness of initial child protection conferences to the subgroup on 12 March 2026
Bring the section 11 returns of 14 agencies to the meeting on 9 April 2026
Refresh the neglect strategy 2026-2029 and publish it by 30 June 2026
Agree with the ICB how GP practices are told of repeat A&E attendances
Share the 7 Point Briefing on professional curiosity with all L&D links
Check that 95% of schools have completed the section 175 audit
Update the threshold document, version 3.2, pages 14-18
Move the practice week from w/c 4 May to w/c 11 May 2026
Confirm the training budget of £12,500 for 2026/27
Ask finance for £1,250,000 of pooled budget figures by quarter
Complete recommendation 4.1.2 of the child exploitation audit
Close SE-2026-014 once LD-2025-103 has reported
Follow up SE-2026-009 and SE 2026 11 with the police
Present the dataset for Q3 (1 October to 31 December 2025)
Publish the annual report 2025-26 on the website
Circulate minutes of 08/01/2026 within 10 working days
Invite the Designated Doctor and the Designated Nurse to the subgroup in May 2026
Write to the 23 primary schools that have not replied
Compare 2024, 2025 and 2026 figures for repeat plans
Add the number of children on plans for more than 24 months to the scorecard
Review 30 cases of children aged 11 to 16 who were missing from care
Ask the youth council what would help girls aged 13-17 to feel safe on buses
Offer ICON training to 120 midwives, health visitors and GPs by 31/07/2026
Check with the NHS trusts how safer sleep messages are given at 28 days
Test the escalation policy: stages 1 to 5 within 5 working days
Map services for under 5s in Dewsbury, Batley and Spen
Commission a learning circle on pre-birth assessments
Produce a One Minute Guide on the NRM and first responder duties
Agree a joint protocol for FII with paediatricians by next meeting
Run three multi-agency workshops with 25 places each
Report the uptake of e-learning modules 101, 102 and 205
Collect evidence that supervision takes place every 4 weeks
Ask the LADO for figures of referrals per 1,000 staff
Evaluate the pilot of the family hub in Huddersfield after 12 months
Put the resolution procedure on the intranet, section 3, chapter 12
Rewrite the leaflet on immediate risk in plain English
Agree what staff do when a child is at immediate risk outside office hours
Audit how 999 calls from children's homes are handled
Check that posters say to dial 999 in an emergency
Review the response to children in immediate danger in the out of hours service
Make sure that practitioners know whom to ring if an adult is at immediate risk
Include the Childline number 0800 1111 in the autumn newsletter
Put the NSPCC helpline 0808 800 5000 on the webpage
Add 101 and 111 to the list of useful numbers for parents
Send questions to safeguarding@kirklees.gov.uk by noon on Friday
Ask the team at mash.enquiries@westyorkshire.police.uk for the monthly return
Use info@kscp.org.uk as the contact on the front page
Upload the slides at https://kirklees.gov.uk/kscp/2026/4857773456/slides.pdf
Read the report at https://www.gov.uk/government/publications/working-together-to-safeguard-children--2
Ask Ofsted for the date of the next JTAI
Brief the Executive on the thematic review of 17 serious incidents
Report progress on Priority 2 to the business group
Review Appendix A, table 3 and figure 12
Hold the development day at Cathedral House, room 1.04
Bring the draft MOU to SE on 14/05/2026 at 10:00
Agree terms of reference for 2026-27, version 0.4
Analyse 61 rapid reviews from the region, 2019 to 2025
Check the action plan against Working Together 2023, paragraphs 339-342
Ask housing to nominate a lead by the 3rd of May
Send the survey to 1,850 practitioners; expect 35% to answer
Record the date of birth field as mandatory in the new referral form
Make the NHS number a required field of the shared dataset
Check data quality of UPNs in the missing education return
Ask agencies how they record National Insurance numbers of carers
Remove postcodes from the public dashboard before April 2026
Agree who updates phone numbers on the contact sheet each quarter
Explain in the guide why crime reference numbers are not shared by e-mail
Check that case numbers are used in audits in place of names
Set a case file audit of 24 files per quarter
Raise the number of case reviews from 6 to 12
Look at the case management system upgrade, phase 2, in 2027
Move audit forms to LCS in 2026
Report on LCS data for Q2 2025/26
Arrange Mosaic training for 15 team managers
Ask the court team about delays beyond 26 weeks
Track care proceedings issued in 2025, 2026 and 2027
Consider the impact on babies born after 1 April 2026
Offer the new pathway to all babies born in 2026
Report on children born to mothers under 18 between 2020 and 2025
Review the 0-19 service specification
Share learning from the M62 coach safety exercise
Add the M1 motorway services to the exploitation hotspots map
Plan a visit to schools near the A64 and the A1(M)
Compare KS2 and KS4 attainment of children with a social worker
Pilot the tool in Year 7, Year 8 and Year 9
Bring E1 and E2 risk ratings to the meeting
Update risk R12 on the register: score 16, target 8
Agree the B1 2nd draft of the booklet with the printers
Review S47 enquiries that took more than 15 working days
Check S20 arrangements and S17 spend
Agree thresholds for strategy discussions with West Yorkshire Police
Ask Yorkshire Ambulance Service for conveyance data
Send the GCP2 licence renewal to Procurement
Confirm who chairs the Child Death Overview Panel from April 2026
Share the Child Safeguarding Practice Review Panel's annual report
Ask Child and Adolescent Mental Health Services for waiting times
Promote Young Carers Action Day on 11 March 2026
Support Parent Carer Forum members to attend workshops
Involve the Family Group Conference service in the review
Write a briefing on Domestic Abuse Act duties
Provide Graded Care Profile refresher sessions in May and June
Ask the Youth Justice Service for its action plan
Agree a Partner Challenge Event for 24 September 2026
Publish guidance on Child Criminal Exploitation and County Lines
Report on the Early Help Family Support offer
Collect stories of good practice for Safeguarding Adults Week, 16-20 November 2026
Train Safer Schools officers in Mental Health First Aid
Prepare the Lead Partners' meeting of 2 February 2026
Send the Independent Scrutineer the papers five working days ahead
Ask Barnardo's to present on return home interviews
Meet St John Ambulance about first aid training
Book the Town Hall for 60 people on 05.11.2026
Visit Queen Elizabeth Hospital and St James's Hospital to see the safeguarding boards
Invite King's College Hospital to share its model
Ask the Lucy Faithfull Foundation to run a session
Adopt the Oliver McGowan training for all agencies by 2027
Review safeguarding arrangements at Grace Lodge and Victoria House
Link with the Violence Reduction Unit on the serious violence duty
Report to CSP, SAB and HWB by the end of Q4
Add SEND, CIN and CLA breakdowns to table 5
Discuss CSE, CCE and FGM data with the ICB
Prepare for the inspection under ILACS in 2026
Review the DSL handbook, 2nd edition
Test the EHE pathway with 3 secondary schools
Ask all GPs to name a safeguarding lead
Send the MARAC audit to DA leads
Share the DHR action plan with the CSP
Agree the SAR protocol with the SAB
Nominate an IRO for the task and finish group
Check that the PRU attends core groups
Bring YOS, YJS and CAMHS together on transitions at 17 and 18
Add ten questions on neglect to the parents' survey
Double the sample to 80 records, 20 for each agency
Reduce the waiting list from 148 to under 100 by September
Aim for 90% attendance at conferences (now 72%)
Review 12 pre-birth plans, of which 3 were late
Count contacts by hour, 08:00 to 20:00, for 13 weeks
Report figures as of 31.12.2025 and 31.03.2026
Agree dates: 12/01/2026, 09/03/2026, 11/05/2026 and 13/07/2026
Change the start from 9.30 to 10.00 and the end from 12.30 to 13.00
Number the recommendations 1.1 to 7.4
Check invoice 100234 and purchase order 4500012345
Renew the domain for 36 months at £8.99 a month
Pay £450.00 for the venue and £1,375.50 for catering
Put agenda item 6.2 before item 5.1
Quote ISBN 978-1-5286-4513-2 in the reading list
Use form CP4 version 2.1 from 1 April
Cite DfE-00130-2023 in the policy
Update policy PP-2024-07 after consultation
Read SI 2018/640 before the workshop
Refer to section 16E to 16K of the Children Act 2004
Compare with Children and Social Work Act 2017, sections 16 to 23
Ask for the Census 2021 figures by ward
Use MS Teams meeting ID from the calendar entry
Share the SharePoint folder 2026-Q1-Audits
Merge columns B to H in the tracker, rows 12-240
Set the reminder 14 and 3 days before
Extend by 28 days, until 24/04/2026
Plan 6-weekly task groups until December 2026
Complete by Easter 2026, at the latest 02/04/2026
Report back in May 2026, then every 3 months
Review in 12 months (January 2027)
Decide within 15 working days of notification
Confirm on the day, 10/02/2026, whether the audit is quorate
Agree a response to the 2025 mandate for change
Clarify the role of the deputy from 1 May
Ask each agency for its single point of contact
Give feedback to families through their social workers
Write to parents about safer sleeping over Christmas
Ask young people how the leaflet reads
Seek views of fathers who were not involved in plans
Show how the voice of the child is heard in assessments
Explain the duty to refer to carers of adults at risk
Offer sibling groups of three or more a joint assessment
Check how mothers in recovery are supported after birth
Review how often a child is seen alone
Agree how risk is being managed for children on roll but not attending
Explore why professionals are not safe to challenge each other
Describe what to do if someone is being harmed at work
Include a scenario in which a child is being hurt at home in the training
Record how agencies respond when a parent is suicidal
Tell staff when to call 999 and when to call the duty team
Look at who is missing today from the distribution list
Draft the welcome letter for new members, 2 pages at most
Check the risk that the audit slips past the end of quarter 2
Explain amber and red ratings on the dashboard
Agree with Amber Valley how the regional data are shared
Share the Hope and Faith project's findings at the May meeting
Ask the Rose Centre and the Jasmine Suite for referral numbers
Let Ben Carter and Cleo Hart pilot the form before March
Mark the strategy as approved and will publish it in June
Thank Amina Yusuf for chairing the April and May workshops
Pass the query to amina@example.org and copy the business unit
Plan for 2 additional places in 2026 27 and 2027 28
Complete the audit of 20 records by 2 pm on 3 June
Bring forward the work in step 4 of the plan, 6 weeks early
Keep the log of challenges 1 to 15 up to date
Request 100 copies of the booklet, size A5, by 20 May
"""

ORDINARY = tuple(line for line in _ACTIONS.strip().splitlines() if line)

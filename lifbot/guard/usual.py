"""Words that tell names from other capitals: usual first names, and what else stands where a name could."""

from __future__ import annotations

# Given in the United Kingdom; those that are also a word, a month, a colour of ours or a place are left out.
_FIRST_NAMES = """
Aaliyah Aaron Abbie Abdul Abdullah Abigail Adam Adele Adrian Agnieszka Ahmed Aidan Aiden Aisha Alan Alana Albert
Alejandro Alex Alexander Alexandra Alexis Alfie Alfred Ali Alice Alicia Alisha Alison Allan Amaan Amanda Amelia Amelie
Amina Aminah Amir Amy Ana Andre Andrea Andrew Andrzej Angela Anita Anna Annabelle Anne Annie Anthony Antonio Archie
Arjun Arthur Asha Ashley Asif Astrid Ava Ayaan Ayesha Barbara Barry Beatrice Ben Benjamin Bethany Bilal Bobby Brandon
Brenda Brian Bronwen Caitlin Callum Cameron Carl Carol Caroline Catherine Cerys Charles Charlie Chloe Chris Christina
Christine Christopher Claire Clara Colin Connor Craig Daniel Danielle Darren David Deborah Denise Derek Diane Donna
Dorothy Dylan Edward Eilidh Elaine Eleanor Elena Elijah Elizabeth Ella Ellie Elliot Elsie Emily Emma Emmanuel Eric
Erin Esme Ethan Evan Eve Evelyn Evie Fatima Fatimah Finlay Fiona Francesca Fraser Freddie Freya Gareth Gary Gavin
Gemma Geoffrey George Georgia Gillian Graham Gwen Habib Hafsa Hamza Hannah Harper Harriet Harrison Harry Harvey Hassan
Hayley Helen Henry Hugo Hussain Ian Ibrahim Imogen Imran Isaac Isabella Isabelle Isla Jack Jackson Jacob Jacqueline
Jake James Jamie Jane Janet Jason Javier Jayden Jean Jennifer Jenny Jeremy Jessica Jill Joan Joanna Joanne Joe Joel
John Jonathan Joseph Joshua Joyce Judith Julia Julie Kai Karen Karim Kate Katherine Kathleen Katie Kayden Kayla
Kayleigh Keira Keith Kelly Kenneth Kerry Kevin Khadija Kieran Kimberly Kirsty Kyle Lara Laura Lauren Layla Leah Leanne
Lee Leo Leon Lewis Liam Lily Linda Lisa Logan Lola Louis Louise Luca Lucas Lucy Luke Lydia Mackenzie Maisie Malik
Manuel Marcus Margaret Maria Marie Marion Martin Maryam Mateusz Matilda Matthew Maureen Maya Megan Melanie Mia Michael
Michelle Millie Mohamed Mohammad Mohammed Molly Muhammad Musa Mustafa Nadia Naomi Natalie Natasha Nathan Neil Niamh
Nicholas Nicola Nigel Noah Noor Oliver Olivia Ollie Omar Oscar Owen Paige Pamela Patricia Patrick Paul Pauline Peter
Philip Phoebe Piotr Priya Rachel Raj Rebecca Reece Reuben Rhys Richard Riley Robert Rohan Ronald Rory Rosie Ryan Safa
Saira Sam Samantha Samira Samuel Sandra Sara Sarah Scarlett Scott Sean Sebastian Shannon Sharon Shaun Sheila Shirley
Sian Simon Sofia Sophia Sophie Stacey Stanley Stephanie Stephen Steven Stuart Susan Suzanne Tamara Tanya Tariq Teddy
Teresa Thomas Tia Tina Toby Tom Tracey Tracy Trevor Tyler Usman Valerie Vanessa Vikram Wayne William Xavier Yasmin
Youssef Yusuf Yvonne Zac Zachary Zahra Zain Zainab Zara Zoe
"""
# A name before one of these makes a place, a body or a thing.
_PLACES = """
academy ambulance avenue award bridge building campaign campus care centre charity church clinic close college
committee council court crescent day drive farm field fields foundation framework fund garden gardens green grove hall
hill hospice hospital house hub inn lane law lodge model palace park partnership place plan practice primary principle
programme project report review road room school square street surgery terrace tool toolkit trust university view walk
ward way
"""
# They begin with a capital where a name could stand.
_NO_NAMES = """
a able about access action adult adults after again all also an and annual any april are as ask at august babies baby
be because been before birth board both boy boys but by can care carer carers case cases child children conference
council county criminal data day death december do does each early education england english every everyone extended
family february female females first five for foster four free friday friend from full further girl girls given group
had has have he health her here his home hospital house how i if in infant infants is it its january july june known
last late later learning less life live living local looked male males many march may men monday more most mother
mothers multi my neglect neither new nhs no none not november now october of off ofsted often on one only open or
other our out over parent parents partner people person phase plan police policy practice protection pupil pupils
quarter ready recorded report review royal safe safeguarding safer saturday school section see seen september serious
service services she should sibling siblings since single six so social some staff stage still student students
subject sunday supported supporting teenager teenagers ten than that the their them there they think this those three
thursday to toddlers tuesday two under unknown until up visit was we wednesday well were what when where which who
whole why wider will with woman women work working year years yes you young youth
"""
# Short forms of our field, which are nobody's initials.
_ABBREVIATIONS = """
AAR ABE ACE ACES ADHD AGM AI AOB AP ASB ASC ASD ASYE BBC BMA BME BRAG BSL BU CAF CAN CBT CCE CCG CCT CDO CDR CE CEO
CFO CHI CHS CIC CIN CJS CLA CMT CNN CO COO CP CPD CPR CPS CQC CRM CSA CSC CSE CSP CSR CSV CV CYP DA DBS DCI DFE DHR
DHSC DI DNA DPA DPO DSL DSP DV DVD DWP EAL ED EDT EET EH EHA EHC EHE EIA EPR ESA EU EYS FAQ FE FGC FGM FII FNP FOI FT
FTE GCP GCSE GDPR GP GPS HBV HE HM HMP HO HR HV ICB ICO ICS ICT ID IDVA IMD IOPC IRO ISA ISVA IT ITV IVA JSNA JTAI
KCSIE KPI KS LA LAC LADO LD LEA LGA LI LLR LRF LSCB MA MAP MAPPA MAR MARAC MASA MASH MET MH MHA MIU MOJ MOU MP MPS NAI
NC NEET NFA NGO NHS NI NICE NPS NSP NWG OBA OCD OOA OT PA PC PCC PCN PCSO PD PDF PE PI PLO PM PO PR PRU PSHE PTA PVI
PWC QA QR RAG RJ RR RSE SAB SAR SCP SCR SDQ SE SEN SENCO SEND SFO SGO SI SLA SLT SMT SOP SPA SPOC SPR SRE STI SUDC
SUDI SW TA TAC TAF TB TOR TV UASC UK UN UNCRC URN US VAWG VCS VIG VR WHO WRAP WT WTE YJB YJS YMCA YOS YOT YP
"""
# Words of an address that is an office's, not a person's.
_OFFICES = """
admin adults advice board bookings business children childrens comms communications complaints contact cscp customer
dpo duty early emergency enquiries enquiry events feedback foi front frontdoor governance head hello help helpdesk hr
hub info information lado learning lscb lscp mail mash media news newsletter office partners partnership performance
policy press quality reception referral referrals sab safeguarding school scp secretariat secretary service services
social socialcare support team training unit webmaster
"""
# The areas of the United Kingdom's postcodes, with those of the islands.
_AREAS = """
AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL
GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX
PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR
WS WV YO ZE
"""

FIRST_NAMES, PLACES, NO_NAMES, ABBREVIATIONS, OFFICES, AREAS = (
    frozenset(words.split()) for words in (_FIRST_NAMES, _PLACES, _NO_NAMES, _ABBREVIATIONS, _OFFICES, _AREAS)
)

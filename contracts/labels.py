"""The labels of reference data, one code a line: `code | Nederlands | français | English`."""

from contracts import lending_labels

LABELS: dict[str, str] = lending_labels.LABELS | {
    "theme": """
deviceStart | eerste stappen met een toestel | premiers pas avec un appareil | first steps with a device
deviceProblem | probleem met een toestel | problème avec un appareil | problem with a device
internetWifi | internet en wifi | internet et wifi | internet and wifi
email | e-mail | e-mail | e-mail
accountsPasswords | accounts en wachtwoorden | comptes et mots de passe | accounts and passwords
digitalId | itsme en eID | itsme et eID | itsme and eID
apps | apps | applications | apps
messagingSocial | berichten en sociale media | messages et réseaux sociaux | messages and social media
photosFiles | foto's en bestanden | photos et fichiers | photos and files
office | tekst en rekenblad | texte et tableur | documents and spreadsheets
onlineSafety | veilig online | sécurité en ligne | online safety
banking | bankzaken | banque | banking
shopping | online kopen | achats en ligne | online shopping
government | overheid | administration publique | government
tax | belastingen | impôts | taxes
health | gezondheid | santé | health
work | werk zoeken | recherche d'emploi | finding work
school | school | école | school
housingEnergy | wonen en energie | logement et énergie | housing and energy
mobility | bus, trein en auto | bus, train et voiture | bus, train and car
familyBenefits | groeipakket en premies | allocations familiales et primes | family benefits
residencePapers | verblijfspapieren | papiers de séjour | residence papers
leisure | vrije tijd | loisirs | leisure
ai | artificiële intelligentie | intelligence artificielle | artificial intelligence
skillsCheck | digitale kennis testen | test des compétences numériques | digital skills check
printScan | afdrukken en scannen | imprimer et scanner | printing and scanning
other | iets anders | autre chose | something else
""",
    "onlineService": """
itsme | itsme | itsme | itsme
eidReader | eID met kaartlezer | eID avec lecteur de carte | eID with card reader
csam | aanmelden bij de overheid (CSAM) | connexion aux services publics (CSAM) | government sign-in (CSAM)
taxOnWeb | Tax-on-web (MyMinfin) | Tax-on-web (MyMinfin) | Tax-on-web (MyMinfin)
eBox | eBox | eBox | eBox
mijnBurgerprofiel | Mijn Burgerprofiel | Mijn Burgerprofiel (Flandre) | Mijn Burgerprofiel (Flanders)
jobbonus | jobbonus | jobbonus | job bonus
mijnGezondheid | MijnGezondheid | MaSanté | MyHealth
healthInsuranceApp | app of site van het ziekenfonds | application ou site de la mutualité | health insurance app or site
doccle | Doccle | Doccle | Doccle
vdab | VDAB | VDAB | VDAB
unemploymentBenefit | werkloosheid (RVA of vakbond) | chômage (ONEM ou syndicat) | unemployment benefit
myPension | mypension.be | mypension.be | mypension.be
groeipakket | Groeipakket | allocations familiales (Groeipakket) | family benefit (Groeipakket)
schoolAllowance | schooltoeslag | allocation d'études | school allowance
smartschool | Smartschool | Smartschool | Smartschool
schoolRegistration | aanmelden voor een school | inscription à l'école | school registration
socialHousing | sociale woning | logement social | social housing
energy | energieleverancier | fournisseur d'énergie | energy supplier
water | watermaatschappij | compagnie des eaux | water company
telecom | telefoon en internet | téléphone et internet | phone and internet provider
eBanking | internetbankieren | banque en ligne | online banking
paymentCard | bankkaart of betaalapp | carte bancaire ou application de paiement | bank card or payment app
deLijn | De Lijn | De Lijn | De Lijn
nmbs | NMBS | SNCB | SNCB/NMBS railways
vehicleRegistration | inschrijving van een voertuig | immatriculation d'un véhicule | vehicle registration
municipalDesk | loket van de gemeente | guichet communal | municipal desk
library | bibliotheek | bibliothèque | library
hospitalPortal | ziekenhuis | hôpital | hospital
post | bpost | bpost | bpost
other | iets anders | autre chose | something else
""",
    "bottleneckCause": """
noDevice | geen toestel | pas d'appareil | no device
noData | geen internet of data | pas d'internet ou de données | no internet or data
noDigitalId | geen itsme of eID-code | pas d'itsme ni de code eID | no digital identity
noEmailOrPhone | geen e-mail of gsm-nummer | pas d'e-mail ni de numéro de GSM | no e-mail or mobile number
lostPassword | wachtwoord kwijt | mot de passe perdu | lost password
language | taal | langue | language
unclearText | tekst niet duidelijk | texte pas clair | unclear text
notAccessible | niet toegankelijk | pas accessible | not accessible
systemFault | fout in het systeem | erreur du système | system fault
noCounter | geen loket meer | plus de guichet | no counter any more
fearOfFraud | bang voor bedrog | peur de la fraude | fear of fraud
fee | kost geld | payant | costs money
smartphoneOnly | werkt alleen met een smartphone | seulement avec un smartphone | works on a smartphone only
other | iets anders | autre chose | something else
""",
    "help": """
explained | uitgelegd | expliqué | explained
together | samen gedaan | fait ensemble | done together
doneFor | in de plaats gedaan | fait à sa place | done for the person
""",
    "outcome": """
solvedSelf | zelf opgelost | résolu par la personne | solved by the person
solvedTogether | samen opgelost | résolu ensemble | solved together
doneFor | opgelost in de plaats | résolu à sa place | solved for the person
partly | voor een deel opgelost | résolu en partie | partly solved
appointmentMade | nieuwe afspraak | nouveau rendez-vous | appointment made
referred | doorverwezen | orienté ailleurs | referred
waitingOnService | wacht op een dienst | en attente d'un service | waiting on a service
notPossible | niet gelukt | pas possible | not possible
stoppedByVisitor | gestopt door de bezoeker | arrêté par le visiteur | stopped by the visitor
""",
    "selfReliance": """
yes | ja | oui | yes
aLittle | een beetje | un peu | a little
no | nee | non | no
notAsked | niet gevraagd | pas demandé | not asked
""",
    "party": """
ocmw | OCMW | CPAS | public social welfare centre (OCMW)
cityService | dienst van de stad of gemeente | service communal | municipal service
caw | CAW | centre d'aide sociale (CAW) | welfare centre (CAW)
povertyOrganisation | armoede-organisatie | association de lutte contre la pauvreté | poverty organisation
library | bibliotheek | bibliothèque | library
otherDigipunt | ander digipunt | autre point numérique | other digipunt
adultEducation | volwassenenonderwijs | enseignement pour adultes | adult education
vdab | VDAB | VDAB | VDAB
healthInsurance | ziekenfonds | mutualité | health insurance fund
tradeUnion | vakbond | syndicat | trade union
bank | bank | banque | bank
school | school | école | school
integrationAgency | Agentschap Integratie en Inburgering | agence de l'intégration | integration agency
careProvider | zorgverlener | prestataire de soins | care provider
serviceItself | de dienst zelf | le service lui-même | the service itself
repairPoint | hersteldienst | réparateur | repair point
familyNeighbour | familie of buur | famille ou voisin | family or neighbour
self | uit eigen beweging | de sa propre initiative | own initiative
other | iemand anders | quelqu'un d'autre | someone else
""",
    "place": """
point | in het digipunt | au point numérique | at the digipunt
home | thuis | à domicile | at home
phone | aan de telefoon | par téléphone | by phone
partnerSite | bij een partner | chez un partenaire | at a partner's
mobile | onderweg (mobiel punt) | point mobile | mobile point
""",
    "contact": """
first | eerste keer dit jaar | première fois cette année | first time this year
repeat | al geweest dit jaar | déjà venu cette année | came before this year
unknown | niet gekend | inconnu | unknown
""",
    "ageBand": """
under18 | jonger dan 18 | moins de 18 ans | under 18
18to24 | 18 tot 24 | 18 à 24 ans | 18 to 24
25to34 | 25 tot 34 | 25 à 34 ans | 25 to 34
35to54 | 35 tot 54 | 35 à 54 ans | 35 to 54
55to64 | 55 tot 64 | 55 à 64 ans | 55 to 64
65to74 | 65 tot 74 | 65 à 74 ans | 65 to 74
75plus | 75 of ouder | 75 ans ou plus | 75 or older
notAsked | niet gevraagd | pas demandé | not asked
""",
    "situation": """
jobseeker | zoekt werk | cherche du travail | looking for work
employed | werkt | travaille | employed
retired | met pensioen | à la retraite | retired
student | student | étudiant | student
atHome | thuis | à la maison | at home
otherLanguage | spreekt een andere taal | parle une autre langue | speaks another language
readingDifficult | lezen is moeilijk | lire est difficile | reading is difficult
smartphoneOnly | heeft alleen een smartphone | n'a qu'un smartphone | has a smartphone only
noInternetHome | geen internet thuis | pas d'internet à la maison | no internet at home
""",
    "sessionKind": """
infoSession | infosessie voor bezoekers | séance d'information pour visiteurs | info session for visitors
training | vorming voor helpers | formation pour aidants | training for helpers
partnerMeeting | overleg met partners | réunion avec des partenaires | meeting with partners
other | iets anders | autre chose | something else
""",
    "sessionState": """
planned | gepland | prévue | planned
cancelled | gaat niet door | annulée | cancelled
held | voorbij | a eu lieu | held
""",
    "registrationState": """
confirmed | ingeschreven | inscrit | confirmed
waiting | op de wachtlijst | en liste d'attente | waiting
cancelled | geannuleerd | annulé | cancelled
""",
    "digipuntState": """
open | open | ouvert | open
closed | gesloten | fermé | closed
""",
    "followUpKind": """
callBack | terugbellen | rappeler | call back
appointment | afspraak | rendez-vous | appointment
checkService | navragen bij een dienst | vérifier auprès d'un service | check with a service
bringDocuments | papieren meebrengen | apporter des documents | bring documents
other | iets anders | autre chose | something else
""",
    "followUpState": """
planned | te doen | à faire | to do
done | gedaan | fait | done
""",
    "voidReason": """
duplicate | dubbel | en double | duplicate
mistake | vergissing | erreur | mistake
test | test | test | test
other | iets anders | autre chose | something else
""",
    "targetMeasure": """
reach | bereikte personen | personnes touchées | people reached
newPeople | nieuwe personen | nouvelles personnes | new people
contacts | contacten | contacts | contacts
sessions | gehouden sessies | séances tenues | sessions held
loans | uitleningen | prêts | loans
""",
    "targetAudience": """
all | iedereen | tout le monde | everybody
adults | volwassenen | adultes | adults
""",
    "weekday": """
mon | maandag | lundi | Monday
tue | dinsdag | mardi | Tuesday
wed | woensdag | mercredi | Wednesday
thu | donderdag | jeudi | Thursday
fri | vrijdag | vendredi | Friday
sat | zaterdag | samedi | Saturday
sun | zondag | dimanche | Sunday
""",
    "municipality": """
24107 | Tienen | Tirlemont | Tienen
24059 | Landen | Landen | Landen
24130 | Zoutleeuw | Léau | Zoutleeuw
24133 | Linter | Linter | Linter
24041 | Hoegaarden | Hoegaarden | Hoegaarden
24028 | Geetbets | Geetbets | Geetbets
24054 | Kortenaken | Kortenaken | Kortenaken
""",
}

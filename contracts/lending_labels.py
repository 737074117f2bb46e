"""The labels of reference data about devices, loans and messages; the form is that of `labels`."""

LABELS: dict[str, str] = {
    "deviceKind": """
laptop | laptop | ordinateur portable | laptop
tablet | tablet | tablette | tablet
smartphone | smartphone | smartphone | smartphone
hotspot | wifi-hotspot | hotspot wifi | wifi hotspot
simCard | simkaart | carte SIM | SIM card
cardReader | kaartlezer | lecteur de carte | card reader
screen | scherm | écran | screen
mouseKeyboard | muis of toetsenbord | souris ou clavier | mouse or keyboard
charger | lader | chargeur | charger
bag | tas | sac | bag
other | iets anders | autre chose | something else
""",
    "condition": """
new | nieuw | neuf | new
good | goed | bon | good
used | gebruikt | usagé | used
damaged | beschadigd | endommagé | damaged
incomplete | niet volledig | incomplet | incomplete
unusable | niet bruikbaar | inutilisable | unusable
""",
    "deviceState": """
preparing | wordt klaargemaakt | en préparation | being prepared
available | beschikbaar | disponible | available
reserved | gereserveerd | réservé | reserved
onLoan | uitgeleend | prêté | on loan
returnedUnchecked | terug, nog na te kijken | rendu, à contrôler | returned, to be checked
toWipe | nog te wissen | à effacer | to be wiped
inRepair | in herstelling | en réparation | in repair
missing | kwijt | manquant | missing
retired | uit gebruik | hors service | retired
""",
    "loanState": """
requested | gevraagd | demandé | requested
refused | geweigerd | refusé | refused
ready | staat klaar | prêt à emporter | ready
handedOver | meegegeven | remis | handed over
returned | teruggebracht | rendu | returned
closed | afgesloten | clôturé | closed
cancelled | geannuleerd | annulé | cancelled
notCollected | niet opgehaald | non retiré | not collected
lost | verloren | perdu | lost
""",
    "retireReason": """
broken | stuk | cassé | broken
tooOld | te oud | trop ancien | too old
lost | verloren | perdu | lost
stolen | gestolen | volé | stolen
givenAway | weggegeven | donné | given away
other | iets anders | autre chose | something else
""",
    "refusalReason": """
noDevice | geen toestel beschikbaar | pas d'appareil disponible | no device available
hasOne | heeft al een toestel | a déjà un appareil | has a device already
elsewhere | ergens anders geholpen | aidé ailleurs | helped elsewhere
notSuitable | past niet bij de vraag | ne convient pas | does not suit
other | iets anders | autre chose | something else
""",
    "borrowerKind": """
person | persoon | personne | person
organisation | organisatie | organisation | organisation
""",
    "messageKind": """
loanReady | toestel staat klaar | appareil prêt | device ready
loanDueSoon | binnenkort terugbrengen | à rendre bientôt | due soon
loanDueToday | vandaag terugbrengen | à rendre aujourd'hui | due today
loanOverdue1 | te laat, eerste bericht | en retard, premier rappel | overdue, first notice
loanOverdue2 | te laat, tweede bericht | en retard, deuxième rappel | overdue, second notice
loanOverdue3 | te laat, derde bericht | en retard, troisième rappel | overdue, third notice
loanExtended | lening verlengd | prêt prolongé | loan extended
loanReturned | toestel terug | appareil rendu | device returned
sessionConfirmed | inschrijving bevestigd | inscription confirmée | registration confirmed
sessionReminder | herinnering aan een sessie | rappel d'une séance | session reminder
sessionChanged | sessie gewijzigd | séance modifiée | session changed
sessionCancelled | sessie gaat niet door | séance annulée | session cancelled
waitlistOffer | plaats vrij | place libre | seat offered from the waiting list
followUpCall | opvolging per telefoon | suivi par téléphone | follow-up call
pointChanged | digipunt gewijzigd | point numérique modifié | digipunt changed
serviceEnding | dienst stopt | fin du service | service ending
bottleneckSheet | knelpuntenblad | fiche des difficultés | bottleneck sheet
""",
    "channel": """
sms | sms | SMS | text message
email | e-mail | e-mail | e-mail
letter | brief | lettre | letter
phoneCall | telefoon | téléphone | phone call
inPerson | persoonlijk | en personne | in person
""",
    "messageState": """
planned | gepland | prévu | planned
heldQuietHours | wacht tot de ochtend | attend le matin | held for quiet hours
sending | wordt verstuurd | en cours d'envoi | being sent
sent | verstuurd | envoyé | sent
delivered | aangekomen | arrivé | delivered
bounced | niet aangekomen | non distribué | bounced
toCall | te bellen | à appeler | to be called
called | gebeld | appelé | called
noAnswer | geen antwoord | pas de réponse | no answer
posted | op de post | posté | posted
returnedMail | brief kwam terug | lettre revenue | mail returned
cancelled | geannuleerd | annulé | cancelled
expired | vervallen | expiré | expired
failed | mislukt | échoué | failed
""",
    "messageReason": """
noLongerTrue | niet meer nodig | plus nécessaire | no longer needed
tooLate | te laat om nog te helpen | trop tard pour être utile | too late to be of use
byStaff | door een medewerker | par un collaborateur | by a member of staff
erased | gegevens gewist | données effacées | data erased
noNumber | er is geen nummer om te bellen | pas de numéro à appeler | there is no number to call
noChannel | op geen enkele manier bereikbaar | injoignable | cannot be reached in any way
notSetUp | dit kan hier niet | ce moyen n'existe pas ici | this way does not exist here
refused | geweigerd | refusé | refused
unavailable | dit werkte te lang niet | ce moyen est resté trop longtemps en panne | this way was out of order for too long
unknown | misschien verstuurd | peut-être envoyé | may have been sent
noAnswer | geen antwoord | pas de réponse | no answer
wrongNumber | verkeerd nummer | mauvais numéro | wrong number
returnedMail | brief kwam terug | lettre revenue | mail returned
bounced | niet aangekomen | non distribué | bounced
other | iets anders | autre chose | something else
""",
}

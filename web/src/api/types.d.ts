/** Made by scripts/checks/web_types.py from the services' OpenAPI. */

export interface visits {
    schemas: {
        /** @description What went wrong (RFC 9457, BelGIF REST guide). */
        Problem: {
            /**
             * Format: uri
             * @example urn:problem-type:belgif:badRequest
             */
            type: string;
            title: string;
            status: number;
            code: visits["schemas"]["RefusalCode"];
            /** @description What to do, in the language of `Accept-Language`. */
            detail: string;
            /** Format: uri */
            href?: string;
            /** @description The trace id of this request, as a URN. */
            instance?: string;
            issues?: visits["schemas"]["Issue"][];
            /** @description How often it may still be tried, where tries are counted. */
            triesLeft?: number;
            /**
             * Format: date-time
             * @description When it opens again by itself.
             */
            lockedUntil?: string;
        };
        /** @description One place in the input that breaks a rule. */
        Issue: {
            /** Format: uri */
            type: string;
            title: string;
            code: visits["schemas"]["RefusalCode"];
            /** @description What to do, in the language of `Accept-Language`. */
            detail: string;
            /** @enum {string} */
            in: "body" | "header" | "path" | "query";
            /** @example themes[0] */
            name?: string;
            /** @description What was sent, unless it is free text. */
            value?: unknown;
        };
        /**
         * @description Which refusal it is, for programs: codes come, and are never renamed.
         * @enum {string}
         */
        RefusalCode: "addressNeedsUuid" | "addressUnknown" | "ageBandTwice" | "ageBandsNotTheSum" | "answerTooLargeToKeep" | "beginsLikeFormula" | "blank" | "bodyNotJson" | "bodyTooLarge" | "bodyTooManyNames" | "cardCodeTaken" | "cardNotFound" | "cardRegistered" | "cardRetired" | "cardUnknown" | "channelNeedsAddress" | "channelNeedsEmail" | "channelNeedsPhone" | "claimMalformed" | "claimNotText" | "closedBeforeItOpened" | "closesBeforeItOpens" | "closingToCome" | "codeRetired" | "correctionTooLate" | "countsRecorded" | "dataKeyMissing" | "databaseAway" | "dayOutOfRange" | "deadLetterNotFound" | "digipuntElsewhere" | "digipuntNotFound" | "digipuntNotOpen" | "documentTooSlow" | "documentsNotPossible" | "drawingTooSlow" | "endsBeforeItBegins" | "endsBeforeItStarts" | "feedbackDay" | "feedbackEmpty" | "feedbackNotFound" | "firstDayMissing" | "followUpDone" | "followUpNotFound" | "giveOnce" | "headersTooLarge" | "idTaken" | "idempotencyKeyReused" | "idempotencyKeyUnusable" | "ifMatchUnreadable" | "internalError" | "invalidInput" | "invalidValue" | "lengthBetween" | "methodNotAllowed" | "moreThanRegistered" | "moreThanSeats" | "municipalityMissing" | "municipalityNotFound" | "noMunicipality" | "notACardCode" | "notAChoice" | "notBoolean" | "notDay" | "notEmail" | "notHttp" | "notInRange" | "notInRefData" | "notList" | "notMoment" | "notNis" | "notNumber" | "notObject" | "notPhone" | "notPostalCode" | "notText" | "notTime" | "notUuid" | "notWholeNumber" | "null" | "otherDigipunt" | "otherMunicipality" | "otherWeekday" | "personNotFound" | "personalDataBankCard" | "personalDataBirthDate" | "personalDataEmail" | "personalDataIban" | "personalDataNationalNumber" | "personalDataPassword" | "personalDataPhone" | "placeMissing" | "presentNotTheSum" | "queryBlank" | "queryHoldsNul" | "queryTooManyParts" | "queryUnreadable" | "refDataListNotFound" | "registrationNotFound" | "requestTooSlow" | "required" | "residenceUnknown" | "roleRequired" | "seatsTaken" | "serviceAway" | "serviceBusy" | "serviceStopping" | "sessionCancelled" | "sessionHeld" | "sessionNotBegun" | "sessionNotFound" | "sessionTooLong" | "signInProviderAway" | "staleVersion" | "subscriptionNotFound" | "themesMissing" | "ticketGone" | "tokenExpired" | "tokenInvalid" | "tokenMissing" | "tokenTakenBack" | "tooLarge" | "tooLong" | "tooManyClients" | "tooManyDocuments" | "tooManyDrawings" | "tooManyRequests" | "tooManySignIns" | "tooManyWrites" | "tooManyWrongCodes" | "tooMuchArriving" | "tooShort" | "tooSmall" | "unknownExpectation" | "unknownField" | "unsupportedMediaType" | "urlTooLong" | "versionRequired" | "visitInFuture" | "visitNotFound" | "visitTooEarly" | "visitUnknown" | "visitVoided" | "visitVoidedOtherwise";
        PartHealth: {
            /** @enum {string} */
            status: "UP" | "DOWN";
            /** @description What is not ready, in a sentence. */
            detail?: string;
        };
        Health: {
            /** @enum {string} */
            status: "UP" | "DEGRADED" | "DOWN";
            details?: {
                [key: string]: visits["schemas"]["PartHealth"];
            };
        };
        CardQuery: {
            code: string;
        };
        CardAnswer: {
            /**
             * Format: uuid
             * @description What events and visits call the visitor.
             */
            id?: string;
            code?: string;
            /** @enum {string} */
            state?: "active" | "retired";
            /**
             * @description Whether a visit today is the first of this calendar year.
             * @enum {string}
             */
            contact?: "first" | "repeat" | "unknown";
            /** @description Also the ETag. */
            version?: number;
        };
        CardPut: {
            /** @description The code that is on the card, such as K7Q4-2M. */
            code?: string;
        };
        Address: {
            /** @description Street and number. */
            street?: string | null;
            postalCode?: string | null;
            /** @description Town or village. */
            town?: string | null;
        };
        Opening: {
            /**
             * @description A code of refData/weekday.
             * @enum {string}
             */
            weekday: "fri" | "mon" | "sat" | "sun" | "thu" | "tue" | "wed";
            opens: string;
            closes: string;
            /**
             * @description Every so many weeks.
             * @default 1
             */
            every: number;
            /**
             * Format: date
             * @description A day it was open, to count the weeks from; needed when every is over 1.
             */
            first?: string;
        };
        DigipuntAnswer: {
            /** @description The organisation that hosts it. */
            organisation?: string | null;
            address?: (Record<string, never> | null) | visits["schemas"]["Address"];
            /** @description The number that people call. */
            phone?: string | null;
            opening?: visits["schemas"]["Opening"][] | null;
            /**
             * Format: date
             * @description Its first day; visits before it are refused. Left out: always open so far.
             */
            openedOn?: string | null;
            /** @description What people call it. */
            name: string;
            /** @description Where it is; this never changes. */
            municipality: string;
            /**
             * Format: uuid
             * @description The digipunt's id.
             */
            id?: string;
            /**
             * @description A code of refData/digipuntState.
             * @enum {string}
             */
            state?: "closed" | "open";
            /**
             * Format: date
             * @description The first day it was closed.
             */
            closedOn?: string;
            /** @description Also the ETag. */
            version?: number;
        };
        DigipuntPatch: {
            /** @description The organisation that hosts it. */
            organisation?: string | null;
            address?: (Record<string, never> | null) | visits["schemas"]["Address"];
            /** @description The number that people call. */
            phone?: string | null;
            opening?: visits["schemas"]["Opening"][] | null;
            /**
             * Format: date
             * @description Its first day; visits before it are refused. Left out: always open so far.
             */
            openedOn?: string | null;
            /** @description What people call it. */
            name?: string;
        };
        DigipuntPut: {
            /** @description The organisation that hosts it. */
            organisation?: string | null;
            address?: (Record<string, never> | null) | visits["schemas"]["Address"];
            /** @description The number that people call. */
            phone?: string | null;
            opening?: visits["schemas"]["Opening"][] | null;
            /**
             * Format: date
             * @description Its first day; visits before it are refused. Left out: always open so far.
             */
            openedOn?: string | null;
            /** @description What people call it. */
            name: string;
            /** @description Where it is; this never changes. */
            municipality: string;
        };
        DigipuntClose: {
            /**
             * Format: date
             * @description The first day it was closed; today when left out.
             */
            closedOn?: string;
        };
        JournalPage: {
            /** Format: uuid */
            epoch: string;
            position: number;
            items: {
                [key: string]: unknown;
            }[];
        };
        FeedbackAnswer: {
            /**
             * Format: uuid
             * @description A random id.
             */
            id?: string;
            /**
             * Format: uuid
             * @description Where.
             */
            digipunt?: string;
            /** @description The municipality of the digipunt. */
            municipality?: string;
            /** Format: date */
            day?: string;
            /**
             * @description A code of refData/selfReliance.
             * @enum {string}
             */
            selfReliance?: "aLittle" | "no" | "notAsked" | "yes";
            satisfaction?: number;
            /** @enum {string} */
            wouldReturn?: "yes" | "no" | "notAsked";
        };
        FeedbackPost: {
            /**
             * Format: uuid
             * @description Where.
             */
            digipunt: string;
            /**
             * Format: date
             * @description Which day; today when left out.
             */
            day?: string;
            /**
             * @description A code of refData/selfReliance.
             * @enum {string}
             */
            selfReliance?: "aLittle" | "no" | "notAsked" | "yes";
            /** @description From 1, not at all, to 5, very. */
            satisfaction?: number;
            /** @enum {string} */
            wouldReturn?: "yes" | "no" | "notAsked";
        };
        FollowUpAnswer: {
            /**
             * Format: uuid
             * @description Which digipunt does it.
             */
            digipunt: string;
            /**
             * Format: uuid
             * @description The visit it follows on.
             */
            visit?: string | null;
            /**
             * Format: uuid
             * @description Whom it is for: the id of a contact in notifications. With one, a call back stands on the call sheet.
             */
            contact?: string | null;
            /**
             * @description A code of refData/followUpKind.
             * @enum {string}
             */
            kind: "appointment" | "bringDocuments" | "callBack" | "checkService" | "other";
            /**
             * Format: date
             * @description By which day.
             */
            dueOn: string;
            /** @description What to do, without anything that identifies a person. */
            note?: string | null;
            /**
             * Format: uuid
             * @description The follow-up's id.
             */
            id?: string;
            /** @description The municipality of the digipunt. */
            municipality?: string;
            /**
             * @description A code of refData/followUpState.
             * @enum {string}
             */
            state?: "done" | "planned";
            /**
             * @description A code of refData/outcome.
             * @enum {string}
             */
            outcome?: "appointmentMade" | "doneFor" | "notPossible" | "partly" | "referred" | "solvedSelf" | "solvedTogether" | "stoppedByVisitor" | "waitingOnService";
            /** @description Also the ETag. */
            version?: number;
        };
        FollowUpPut: {
            /**
             * Format: uuid
             * @description Which digipunt does it.
             */
            digipunt: string;
            /**
             * Format: uuid
             * @description The visit it follows on.
             */
            visit?: string | null;
            /**
             * Format: uuid
             * @description Whom it is for: the id of a contact in notifications. With one, a call back stands on the call sheet.
             */
            contact?: string | null;
            /**
             * @description A code of refData/followUpKind.
             * @enum {string}
             */
            kind: "appointment" | "bringDocuments" | "callBack" | "checkService" | "other";
            /**
             * Format: date
             * @description By which day.
             */
            dueOn: string;
            /** @description What to do, without anything that identifies a person. */
            note?: string | null;
        };
        FollowUpDone: {
            /**
             * @description A code of refData/outcome.
             * @enum {string}
             */
            outcome?: "appointmentMade" | "doneFor" | "notPossible" | "partly" | "referred" | "solvedSelf" | "solvedTogether" | "stoppedByVisitor" | "waitingOnService";
        };
        Me: {
            subject: string;
            roles: ("coordinator" | "desk" | "helper" | "ops" | "policy" | "service")[];
            /** @description NIS codes of own municipalities. */
            municipalities: string[];
            /** @description Ids of own digipunts. */
            digipunts: string[];
            /** @description The paired laptop that the token is of. */
            laptop: string | null;
            /** @description Who signed in on it, as an id. */
            helper: string | null;
            /**
             * Format: date-time
             * @description Until when the token is valid.
             */
            expiresAt: string;
            /**
             * Format: date-time
             * @description What time it is here, for a client whose clock is off.
             */
            serverTime: string;
        };
        Items: {
            items: {
                [key: string]: unknown;
            }[];
        };
        RetryParked: {
            /** @default null */
            subject: string | null;
        };
        Retried: {
            applied: number;
            left: number;
        };
        DropParked: {
            reason: string;
        };
        Step: {
            /** Format: date-time */
            at: string;
            kind: string;
            count: number;
            reason?: string;
        };
        ErasureAnswer: {
            person: string;
            service: string;
            steps: visits["schemas"]["Step"][];
            /** @description The services that hear of it from this one, and answer for themselves. */
            waitsFor?: string[];
            /** @description Here and true when the person is still kept for another municipality, which erases for itself. */
            staysElsewhere?: boolean;
        };
        Why: {
            /**
             * @description They asked for it, it is not needed any more, or it was entered by mistake.
             * @default asked
             * @enum {string}
             */
            reason: "asked" | "notNeeded" | "mistake";
        };
        KeptAnswer: {
            /** @description Which, such as `borrower`, `loan` or `message`. */
            kind: string;
            municipality?: string;
            /** @description All of it, as its own route shows it. */
            data: {
                [key: string]: unknown;
            };
            /** @description Documents, each with `name`, `type` and `base64`. */
            files?: {
                [key: string]: unknown;
            }[];
        };
        PersonAnswer: {
            person: string;
            service: string;
            kept: visits["schemas"]["KeptAnswer"][];
        };
        Rebuild: {
            /** @default null */
            source: string | null;
        };
        Labels: {
            nl: string;
            fr: string;
            en: string;
        };
        Code: {
            code: string;
            labels: visits["schemas"]["Labels"];
            retired: boolean;
        };
        ReferenceList: {
            name: string;
            items: visits["schemas"]["Code"][];
        };
        ReferenceLists: {
            items: visits["schemas"]["ReferenceList"][];
        };
        ReferralAnswer: {
            /**
             * Format: uuid
             * @description The visit it is part of.
             */
            visit?: string;
            /**
             * Format: uuid
             * @description Where.
             */
            digipunt?: string;
            /** @description The municipality of the digipunt. */
            municipality?: string;
            /** Format: date */
            day?: string;
            /** @enum {string} */
            direction?: "in" | "out";
            /**
             * @description A code of refData/party.
             * @enum {string}
             */
            party?: "adultEducation" | "bank" | "careProvider" | "caw" | "cityService" | "familyNeighbour" | "healthInsurance" | "integrationAgency" | "library" | "ocmw" | "other" | "otherDigipunt" | "povertyOrganisation" | "repairPoint" | "school" | "self" | "serviceItself" | "tradeUnion" | "vdab";
            /**
             * @description A code of refData/outcome.
             * @enum {string}
             */
            outcome?: "appointmentMade" | "doneFor" | "notPossible" | "partly" | "referred" | "solvedSelf" | "solvedTogether" | "stoppedByVisitor" | "waitingOnService";
        };
        KeptFor: {
            borrowers: number;
            contacts: number;
            texts: number;
            trail: number;
        };
        DueAnswer: {
            /** @description `borrowers`, `contacts`, `notes` or `trail`. */
            what: string;
            count: number;
            /**
             * Format: date
             * @description It is from before this day.
             */
            before: string;
        };
        RetentionAnswer: {
            months: visits["schemas"]["KeptFor"];
            due: visits["schemas"]["DueAnswer"][];
        };
        AgeCount: {
            /**
             * @description A code of refData/ageBand.
             * @enum {string}
             */
            code: "18to24" | "25to34" | "35to54" | "55to64" | "65to74" | "75plus" | "notAsked" | "under18";
            /** @description How many. */
            count: number;
        };
        Attendance: {
            /** @description How many people came. */
            present: number;
            /** @description How many of them had a registration. */
            registered: number;
            /** @description How many of them had none. */
            walkIn: number;
            ageBands?: visits["schemas"]["AgeCount"][];
        };
        SessionAnswer: {
            /** @description For the public calendar; may say whom to call. */
            description?: string | null;
            /** @description Where, when not at the digipunt. */
            location?: string | null;
            /**
             * @description A code of refData/sessionKind.
             * @enum {string}
             */
            kind: "infoSession" | "other" | "partnerMeeting" | "training";
            /** @description What it is about. */
            title: string;
            /**
             * Format: uuid
             * @description Where; then the municipality may be left out.
             */
            digipunt?: string;
            /** @description Where; needed without a digipunt. */
            municipality?: string;
            /**
             * Format: date-time
             * @description When it begins.
             */
            startsAt: string;
            /**
             * Format: date-time
             * @description When it ends.
             */
            endsAt: string;
            /** @description How many people there is room for. */
            seats: number;
            /**
             * Format: uuid
             * @description The session's id.
             */
            id?: string;
            /**
             * @description A code of refData/sessionState.
             * @enum {string}
             */
            state?: "cancelled" | "held" | "planned";
            /** @description Seats with a confirmed registration. */
            taken?: number;
            /** @description Seats without one. */
            free?: number;
            /** @description Seats on the waiting list; told where sessions are read and listed. */
            waiting?: number;
            attendance?: visits["schemas"]["Attendance"];
            /** @description Also the ETag. */
            version?: number;
        };
        SessionPatch: {
            /** @description For the public calendar; may say whom to call. */
            description?: string | null;
            /** @description Where, when not at the digipunt. */
            location?: string | null;
            /** @description What it is about. */
            title?: string;
            /**
             * Format: date-time
             * @description When it begins.
             */
            startsAt?: string;
            /**
             * Format: date-time
             * @description When it ends.
             */
            endsAt?: string;
            /** @description How many people there is room for. */
            seats?: number;
        };
        SessionPut: {
            /** @description For the public calendar; may say whom to call. */
            description?: string | null;
            /** @description Where, when not at the digipunt. */
            location?: string | null;
            /**
             * @description A code of refData/sessionKind.
             * @enum {string}
             */
            kind: "infoSession" | "other" | "partnerMeeting" | "training";
            /** @description What it is about. */
            title: string;
            /**
             * Format: uuid
             * @description Where; then the municipality may be left out.
             */
            digipunt?: string;
            /** @description Where; needed without a digipunt. */
            municipality?: string;
            /**
             * Format: date-time
             * @description When it begins.
             */
            startsAt: string;
            /**
             * Format: date-time
             * @description When it ends.
             */
            endsAt: string;
            /** @description How many people there is room for. */
            seats: number;
        };
        RegistrationAnswer: {
            /**
             * Format: uuid
             * @description The registration's id.
             */
            id?: string;
            /**
             * Format: uuid
             * @description For which session.
             */
            session?: string;
            /** @description The municipality of the session. */
            municipality?: string;
            seats?: number;
            /**
             * @description A code of refData/registrationState.
             * @enum {string}
             */
            state?: "cancelled" | "confirmed" | "waiting";
            /** @description Its place in the order in which registrations came. */
            number?: number;
            /** @description A code for the person to hold, such as K7Q4-2M. */
            reference?: string;
            /**
             * Format: uuid
             * @description The visitor card, never its code.
             */
            visitor?: string;
            /**
             * Format: uuid
             * @description Who is told; kept by notifications.
             */
            contact?: string;
            /** @description Also the ETag. */
            version?: number;
        };
        RegistrationPut: {
            /**
             * @description How many seats.
             * @default 1
             */
            seats: number;
            /** @description The code of a visitor card, when the person has one. */
            card?: string | null;
            /**
             * Format: uuid
             * @description Who is told of this session: the id of a contact in notifications. Without one, staff tell the person.
             */
            contact?: string | null;
        };
        Rebuilding: {
            /** @description Up to where it has come. */
            position: number;
            /** @description Why it began again, if an alarm stopped it. */
            reason: string | null;
        };
        Subscription: {
            source: string;
            /**
             * @description waiting: the owner of the journal is away, or was never there.
             * @enum {string}
             */
            state: "starting" | "following" | "waiting" | "stopped";
            /** @description Why it stopped, and the way out. */
            reason: string | null;
            connected: boolean;
            /** Format: uuid */
            epoch: string | null;
            position: number;
            /** @description The last position of the journal; null while its owner has been silent for a minute. */
            head: number | null;
            /** @description Events that are not applied yet; null when the head is not known. */
            lag: number | null;
            /** @description Dead letters. */
            parked: number;
            /** Format: date-time */
            eventTime: string | null;
            /** Format: date-time */
            headSeenAt: string | null;
            rebuilding: (Record<string, never> | null) | visits["schemas"]["Rebuilding"];
        };
        Status: {
            items: visits["schemas"]["Subscription"][];
        };
        TrailEntry: {
            /** Format: date-time */
            at: string;
            /** @description The subject of the token. */
            who: string;
            role?: string;
            /** @description The code of the helper who was signed in. */
            helper?: string;
            /** @description The id of the laptop. */
            laptop?: string;
            /** @enum {string} */
            what: "saw" | "added" | "changed" | "exported" | "erased" | "aged";
            /** @description Which data, such as `borrower`. */
            kind: string;
            /** @description The id of whom it was about. */
            person?: string;
            municipality?: string;
            /** @description Why, where that is asked. */
            reason?: string;
            /** @description How many of this kind. */
            count: number;
            /** @description Its place in the chain; none for a few seconds. */
            number?: number;
        };
        TrailCheck: {
            whole: boolean;
            /** @description The number that the chain begins with. */
            first: number;
            /** @description Its last number. */
            last: number;
            /** @description The link of the last one: who wrote it down sees later that nothing before was changed. */
            link: string;
            /** @description The first number that is not as it was. */
            broken?: number;
            /** @description New entries without a number. */
            waiting: number;
        };
        Bottleneck: {
            /**
             * @description A code of refData/onlineService.
             * @enum {string}
             */
            service: "csam" | "deLijn" | "doccle" | "eBanking" | "eBox" | "eidReader" | "energy" | "groeipakket" | "healthInsuranceApp" | "hospitalPortal" | "itsme" | "jobbonus" | "library" | "mijnBurgerprofiel" | "mijnGezondheid" | "municipalDesk" | "myPension" | "nmbs" | "other" | "paymentCard" | "post" | "schoolAllowance" | "schoolRegistration" | "smartschool" | "socialHousing" | "taxOnWeb" | "telecom" | "unemploymentBenefit" | "vdab" | "vehicleRegistration" | "water";
            /**
             * @description A code of refData/bottleneckCause.
             * @enum {string}
             */
            cause: "fearOfFraud" | "fee" | "language" | "lostPassword" | "noCounter" | "noData" | "noDevice" | "noDigitalId" | "noEmailOrPhone" | "notAccessible" | "other" | "smartphoneOnly" | "systemFault" | "unclearText";
            /** @description What happened, without anything that identifies a person. */
            note?: string | null;
        };
        VisitAnswer: {
            /**
             * Format: date-time
             * @description When it began; now when left out.
             */
            startedAt?: string;
            /** @description How long it took. */
            durationMinutes?: number | null;
            /**
             * @description A code of refData/help.
             * @enum {string|null}
             */
            help?: "doneFor" | "explained" | "together" | null;
            /**
             * @description A code of refData/outcome.
             * @enum {string|null}
             */
            outcome?: "appointmentMade" | "doneFor" | "notPossible" | "partly" | "referred" | "solvedSelf" | "solvedTogether" | "stoppedByVisitor" | "waitingOnService" | null;
            /**
             * @description A code of refData/selfReliance.
             * @enum {string|null}
             */
            selfReliance?: "aLittle" | "no" | "notAsked" | "yes" | null;
            /**
             * @description A code of refData/place.
             * @enum {string}
             */
            place?: "home" | "mobile" | "partnerSite" | "phone" | "point";
            /**
             * @description A code of refData/contact.
             * @enum {string}
             */
            contact?: "first" | "repeat" | "unknown";
            bottlenecks?: visits["schemas"]["Bottleneck"][] | null;
            /**
             * @description A code of refData/party.
             * @enum {string|null}
             */
            referredFrom?: "adultEducation" | "bank" | "careProvider" | "caw" | "cityService" | "familyNeighbour" | "healthInsurance" | "integrationAgency" | "library" | "ocmw" | "other" | "otherDigipunt" | "povertyOrganisation" | "repairPoint" | "school" | "self" | "serviceItself" | "tradeUnion" | "vdab" | null;
            /**
             * @description A code of refData/party.
             * @enum {string|null}
             */
            referredTo?: "adultEducation" | "bank" | "careProvider" | "caw" | "cityService" | "familyNeighbour" | "healthInsurance" | "integrationAgency" | "library" | "ocmw" | "other" | "otherDigipunt" | "povertyOrganisation" | "repairPoint" | "school" | "self" | "serviceItself" | "tradeUnion" | "vdab" | null;
            /**
             * @description A code of refData/ageBand.
             * @enum {string|null}
             */
            ageBand?: "18to24" | "25to34" | "35to54" | "55to64" | "65to74" | "75plus" | "notAsked" | "under18" | null;
            situation?: ("atHome" | "employed" | "jobseeker" | "noInternetHome" | "otherLanguage" | "readingDifficult" | "retired" | "smartphoneOnly" | "student")[] | null;
            /** @description Where the visitor lives: a NIS code, or `other` for whoever lives abroad or nowhere. */
            residence?: string | null;
            /**
             * @description A code of refData/deviceKind.
             * @enum {string|null}
             */
            device?: "bag" | "cardReader" | "charger" | "hotspot" | "laptop" | "mouseKeyboard" | "other" | "screen" | "simCard" | "smartphone" | "tablet" | null;
            /** @description Who helped. Stored as a pseudonymous id, never as a name. */
            helper?: string | null;
            /** @description A short note, without anything that identifies a person. */
            note?: string | null;
            /**
             * Format: uuid
             * @description The visit's id.
             */
            id?: string;
            /**
             * Format: uuid
             * @description Where.
             */
            digipunt?: string;
            /** @description The municipality of the digipunt. */
            municipality?: string;
            themes?: ("accountsPasswords" | "ai" | "apps" | "banking" | "deviceProblem" | "deviceStart" | "digitalId" | "email" | "familyBenefits" | "government" | "health" | "housingEnergy" | "internetWifi" | "leisure" | "messagingSocial" | "mobility" | "office" | "onlineSafety" | "other" | "photosFiles" | "printScan" | "residencePapers" | "school" | "shopping" | "skillsCheck" | "tax" | "work")[];
            /**
             * Format: uuid
             * @description The visitor card, never its code.
             */
            visitor?: string;
            /** @description True where a card says whether it is the first contact of the calendar year: `contact` is then what follows from the card, whatever was sent. */
            contactFollowsCard?: boolean;
            /**
             * Format: date-time
             * @description When it was registered; a helper may correct it for 24 hours from then.
             */
            registeredAt?: string;
            /** @enum {string} */
            state?: "registered" | "voided";
            /**
             * @description A code of refData/voidReason.
             * @enum {string}
             */
            voidReason?: "duplicate" | "mistake" | "other" | "test";
            /** @description Also the ETag. */
            version?: number;
        };
        Batch: {
            /** @description Each as the body of PUT, with its `id`. */
            items: {
                [key: string]: unknown;
            }[];
            /**
             * @description Only tell what would become of each; register nothing.
             * @default false
             */
            dryRun: boolean;
        };
        BatchResult: {
            /** @description As it was sent. */
            id?: string | null;
            /** @description What a PUT of this visit would have answered. */
            status?: number;
            /** @description As the body of that answer, where it is a problem. */
            problem?: {
                [key: string]: unknown;
            };
        };
        BatchAnswer: {
            items?: visits["schemas"]["BatchResult"][];
        };
        VisitPatch: {
            /**
             * Format: date-time
             * @description When it began; now when left out.
             */
            startedAt?: string;
            /** @description How long it took. */
            durationMinutes?: number | null;
            /**
             * @description A code of refData/help.
             * @enum {string|null}
             */
            help?: "doneFor" | "explained" | "together" | null;
            /**
             * @description A code of refData/outcome.
             * @enum {string|null}
             */
            outcome?: "appointmentMade" | "doneFor" | "notPossible" | "partly" | "referred" | "solvedSelf" | "solvedTogether" | "stoppedByVisitor" | "waitingOnService" | null;
            /**
             * @description A code of refData/selfReliance.
             * @enum {string|null}
             */
            selfReliance?: "aLittle" | "no" | "notAsked" | "yes" | null;
            /**
             * @description A code of refData/place.
             * @enum {string}
             */
            place?: "home" | "mobile" | "partnerSite" | "phone" | "point";
            /**
             * @description A code of refData/contact.
             * @enum {string}
             */
            contact?: "first" | "repeat" | "unknown";
            /** @description The code on a visitor card, such as K7Q4-2M. */
            card?: string | null;
            bottlenecks?: visits["schemas"]["Bottleneck"][] | null;
            /**
             * @description A code of refData/party.
             * @enum {string|null}
             */
            referredFrom?: "adultEducation" | "bank" | "careProvider" | "caw" | "cityService" | "familyNeighbour" | "healthInsurance" | "integrationAgency" | "library" | "ocmw" | "other" | "otherDigipunt" | "povertyOrganisation" | "repairPoint" | "school" | "self" | "serviceItself" | "tradeUnion" | "vdab" | null;
            /**
             * @description A code of refData/party.
             * @enum {string|null}
             */
            referredTo?: "adultEducation" | "bank" | "careProvider" | "caw" | "cityService" | "familyNeighbour" | "healthInsurance" | "integrationAgency" | "library" | "ocmw" | "other" | "otherDigipunt" | "povertyOrganisation" | "repairPoint" | "school" | "self" | "serviceItself" | "tradeUnion" | "vdab" | null;
            /**
             * @description A code of refData/ageBand.
             * @enum {string|null}
             */
            ageBand?: "18to24" | "25to34" | "35to54" | "55to64" | "65to74" | "75plus" | "notAsked" | "under18" | null;
            situation?: ("atHome" | "employed" | "jobseeker" | "noInternetHome" | "otherLanguage" | "readingDifficult" | "retired" | "smartphoneOnly" | "student")[] | null;
            /** @description Where the visitor lives: a NIS code, or `other` for whoever lives abroad or nowhere. */
            residence?: string | null;
            /**
             * @description A code of refData/deviceKind.
             * @enum {string|null}
             */
            device?: "bag" | "cardReader" | "charger" | "hotspot" | "laptop" | "mouseKeyboard" | "other" | "screen" | "simCard" | "smartphone" | "tablet" | null;
            /** @description Who helped. Stored as a pseudonymous id, never as a name. */
            helper?: string | null;
            /** @description A short note, without anything that identifies a person. */
            note?: string | null;
            /**
             * Format: uuid
             * @description Where.
             */
            digipunt?: string;
            themes?: ("accountsPasswords" | "ai" | "apps" | "banking" | "deviceProblem" | "deviceStart" | "digitalId" | "email" | "familyBenefits" | "government" | "health" | "housingEnergy" | "internetWifi" | "leisure" | "messagingSocial" | "mobility" | "office" | "onlineSafety" | "other" | "photosFiles" | "printScan" | "residencePapers" | "school" | "shopping" | "skillsCheck" | "tax" | "work")[];
        };
        VisitPut: {
            /**
             * Format: date-time
             * @description When it began; now when left out.
             */
            startedAt?: string;
            /** @description How long it took. */
            durationMinutes?: number | null;
            /**
             * @description A code of refData/help.
             * @enum {string|null}
             */
            help?: "doneFor" | "explained" | "together" | null;
            /**
             * @description A code of refData/outcome.
             * @enum {string|null}
             */
            outcome?: "appointmentMade" | "doneFor" | "notPossible" | "partly" | "referred" | "solvedSelf" | "solvedTogether" | "stoppedByVisitor" | "waitingOnService" | null;
            /**
             * @description A code of refData/selfReliance.
             * @enum {string|null}
             */
            selfReliance?: "aLittle" | "no" | "notAsked" | "yes" | null;
            /**
             * @description A code of refData/place.
             * @enum {string}
             */
            place?: "home" | "mobile" | "partnerSite" | "phone" | "point";
            /**
             * @description A code of refData/contact.
             * @enum {string}
             */
            contact?: "first" | "repeat" | "unknown";
            /** @description The code on a visitor card, such as K7Q4-2M. */
            card?: string | null;
            bottlenecks?: visits["schemas"]["Bottleneck"][] | null;
            /**
             * @description A code of refData/party.
             * @enum {string|null}
             */
            referredFrom?: "adultEducation" | "bank" | "careProvider" | "caw" | "cityService" | "familyNeighbour" | "healthInsurance" | "integrationAgency" | "library" | "ocmw" | "other" | "otherDigipunt" | "povertyOrganisation" | "repairPoint" | "school" | "self" | "serviceItself" | "tradeUnion" | "vdab" | null;
            /**
             * @description A code of refData/party.
             * @enum {string|null}
             */
            referredTo?: "adultEducation" | "bank" | "careProvider" | "caw" | "cityService" | "familyNeighbour" | "healthInsurance" | "integrationAgency" | "library" | "ocmw" | "other" | "otherDigipunt" | "povertyOrganisation" | "repairPoint" | "school" | "self" | "serviceItself" | "tradeUnion" | "vdab" | null;
            /**
             * @description A code of refData/ageBand.
             * @enum {string|null}
             */
            ageBand?: "18to24" | "25to34" | "35to54" | "55to64" | "65to74" | "75plus" | "notAsked" | "under18" | null;
            situation?: ("atHome" | "employed" | "jobseeker" | "noInternetHome" | "otherLanguage" | "readingDifficult" | "retired" | "smartphoneOnly" | "student")[] | null;
            /** @description Where the visitor lives: a NIS code, or `other` for whoever lives abroad or nowhere. */
            residence?: string | null;
            /**
             * @description A code of refData/deviceKind.
             * @enum {string|null}
             */
            device?: "bag" | "cardReader" | "charger" | "hotspot" | "laptop" | "mouseKeyboard" | "other" | "screen" | "simCard" | "smartphone" | "tablet" | null;
            /** @description Who helped. Stored as a pseudonymous id, never as a name. */
            helper?: string | null;
            /** @description A short note, without anything that identifies a person. */
            note?: string | null;
            /**
             * Format: uuid
             * @description Where.
             */
            digipunt: string;
            themes: ("accountsPasswords" | "ai" | "apps" | "banking" | "deviceProblem" | "deviceStart" | "digitalId" | "email" | "familyBenefits" | "government" | "health" | "housingEnergy" | "internetWifi" | "leisure" | "messagingSocial" | "mobility" | "office" | "onlineSafety" | "other" | "photosFiles" | "printScan" | "residencePapers" | "school" | "shopping" | "skillsCheck" | "tax" | "work")[];
        };
        Void: {
            /**
             * @description A code of refData/voidReason.
             * @enum {string}
             */
            reason: "duplicate" | "mistake" | "other" | "test";
        };
    };
}

export interface loans {
    schemas: {
        /** @description What went wrong (RFC 9457, BelGIF REST guide). */
        Problem: {
            /**
             * Format: uri
             * @example urn:problem-type:belgif:badRequest
             */
            type: string;
            title: string;
            status: number;
            code: loans["schemas"]["RefusalCode"];
            /** @description What to do, in the language of `Accept-Language`. */
            detail: string;
            /** Format: uri */
            href?: string;
            /** @description The trace id of this request, as a URN. */
            instance?: string;
            issues?: loans["schemas"]["Issue"][];
            /** @description How often it may still be tried, where tries are counted. */
            triesLeft?: number;
            /**
             * Format: date-time
             * @description When it opens again by itself.
             */
            lockedUntil?: string;
        };
        /** @description One place in the input that breaks a rule. */
        Issue: {
            /** Format: uri */
            type: string;
            title: string;
            code: loans["schemas"]["RefusalCode"];
            /** @description What to do, in the language of `Accept-Language`. */
            detail: string;
            /** @enum {string} */
            in: "body" | "header" | "path" | "query";
            /** @example themes[0] */
            name?: string;
            /** @description What was sent, unless it is free text. */
            value?: unknown;
        };
        /**
         * @description Which refusal it is, for programs: codes come, and are never renamed.
         * @enum {string}
         */
        RefusalCode: "addressNeedsUuid" | "addressUnknown" | "agreementErased" | "answerTooLargeToKeep" | "beginsLikeFormula" | "blank" | "bodyNotJson" | "bodyTooLarge" | "bodyTooManyNames" | "borrowerHasLoan" | "borrowerNotFound" | "borrowerOfAnotherDigipunt" | "borrowerUnknown" | "cameBackAlready" | "channelNeedsAddress" | "channelNeedsEmail" | "channelNeedsPhone" | "checkedAlready" | "claimMalformed" | "claimNotText" | "closedOnDueDay" | "conditionNotUsable" | "dataKeyMissing" | "databaseAway" | "dayOutOfRange" | "dayToCome" | "dayTooEarly" | "deadLetterNotFound" | "deviceElsewhere" | "deviceHistoryNotFound" | "deviceInPreparation" | "deviceInRepair" | "deviceLent" | "deviceMissing" | "deviceMovesInside" | "deviceNamedTwice" | "deviceNotChecked" | "deviceNotFound" | "deviceNotInLoan" | "deviceNotWiped" | "deviceOfAnotherMunicipality" | "deviceReserved" | "deviceRetired" | "deviceRetiredOtherwise" | "deviceUnknown" | "digipuntElsewhere" | "digipuntNotFound" | "documentTooSlow" | "documentsNotPossible" | "drawingTooSlow" | "dueDayPassed" | "dueTooFar" | "endsBeforeItBegins" | "extendedTooOften" | "extensionNotLater" | "extensionPageMissing" | "giveOnce" | "headersTooLarge" | "idTaken" | "idempotencyKeyReused" | "idempotencyKeyUnusable" | "ifMatchUnreadable" | "internalError" | "invalidInput" | "invalidValue" | "labelTaken" | "lengthBetween" | "lentJustNow" | "loanCancelled" | "loanHandedOver" | "loanLost" | "loanNotCollected" | "loanNotFound" | "loanNotReady" | "loanReturned" | "methodNotAllowed" | "municipalityMissing" | "municipalityNotFound" | "noDeviceToLabel" | "noMunicipality" | "notAChoice" | "notADrawing" | "notAnAccessory" | "notBoolean" | "notDay" | "notEmail" | "notHttp" | "notInRange" | "notInRefData" | "notList" | "notMoment" | "notNis" | "notNumber" | "notObject" | "notPhone" | "notPostalCode" | "notText" | "notUuid" | "notWholeNumber" | "nothingOut" | "nothingToCheck" | "null" | "otherDigipunt" | "otherMunicipality" | "paperNotFound" | "personNotFound" | "personalDataBankCard" | "personalDataBirthDate" | "personalDataEmail" | "personalDataIban" | "personalDataNationalNumber" | "personalDataPassword" | "personalDataPhone" | "personsNotForDesk" | "queryBlank" | "queryHoldsNul" | "queryTooManyParts" | "queryUnreadable" | "refDataListNotFound" | "requestApproved" | "requestCancelled" | "requestMet" | "requestNotCollected" | "requestNotFound" | "requestRefused" | "requestTooSlow" | "required" | "roleRequired" | "serviceAway" | "serviceBusy" | "serviceStopping" | "signInProviderAway" | "signatureEmpty" | "signatureSize" | "signatureUnreadable" | "somebodyWaits" | "staleVersion" | "subscriptionNotFound" | "ticketGone" | "tokenExpired" | "tokenInvalid" | "tokenMissing" | "tokenTakenBack" | "tooLarge" | "tooLateToExtend" | "tooLong" | "tooManyClients" | "tooManyDocuments" | "tooManyDrawings" | "tooManyRequests" | "tooManySignIns" | "tooManyWrites" | "tooMuchArriving" | "tooShort" | "tooSmall" | "unknownExpectation" | "unknownField" | "unsupportedMediaType" | "urlTooLong" | "versionRequired";
        PartHealth: {
            /** @enum {string} */
            status: "UP" | "DOWN";
            /** @description What is not ready, in a sentence. */
            detail?: string;
        };
        Health: {
            /** @enum {string} */
            status: "UP" | "DEGRADED" | "DOWN";
            details?: {
                [key: string]: loans["schemas"]["PartHealth"];
            };
        };
        BorrowerSearch: {
            /** @description Words of the name, whole and in any order. */
            name?: string;
            /** @description The whole number. */
            phone?: string;
            /** @description The whole address. */
            email?: string;
        };
        Address: {
            /** @description Street, number and box. */
            street: string;
            postalCode: string;
            /** @description Town or village. */
            town: string;
        };
        Via: {
            /** @description Who. */
            name: string;
            /** @description Their number. */
            phone?: string;
            /** @description Their e-mail address. */
            email?: string;
            address?: loans["schemas"]["Address"];
        };
        Contact: {
            /** @description Who. */
            name: string;
            /** @description Their number. */
            phone?: string;
            /** @description Their e-mail address. */
            email?: string;
        };
        BorrowerAnswer: {
            address?: (Record<string, never> | null) | loans["schemas"]["Address"];
            /** @description Any way of writing a Belgian number, or +… for another country. */
            phone?: string | null;
            /** @description E-mail address. */
            email?: string | null;
            /** @description How to reach them, the preferred way first. */
            channels?: ("email" | "inPerson" | "letter" | "phoneCall" | "sms")[] | null;
            /** @description Who is told instead: a carer or a partner organisation. */
            via?: loans["schemas"]["Via"] | (Record<string, never> | null);
            /** @description Who collects, when the borrower is an organisation. */
            contact?: loans["schemas"]["Contact"] | (Record<string, never> | null);
            /**
             * @description A code of refData/borrowerKind.
             * @default person
             * @enum {string}
             */
            kind: "organisation" | "person";
            /**
             * Format: uuid
             * @description Where they are known.
             */
            digipunt: string;
            /** @description Where that is; needed when this service does not know the digipunt yet. */
            municipality?: string;
            /** @description Their name, or that of the organisation. */
            name: string;
            /**
             * @description In which language they are told things.
             * @default nl
             * @enum {string}
             */
            language: "nl" | "fr" | "en";
            /**
             * Format: uuid
             * @description The borrower's id.
             */
            id?: string;
            /** @enum {string} */
            state?: "active";
            /** @description Also the ETag. */
            version?: number;
        };
        BorrowerPatch: {
            address?: (Record<string, never> | null) | loans["schemas"]["Address"];
            /** @description Any way of writing a Belgian number, or +… for another country. */
            phone?: string | null;
            /** @description E-mail address. */
            email?: string | null;
            /** @description How to reach them, the preferred way first. */
            channels?: ("email" | "inPerson" | "letter" | "phoneCall" | "sms")[] | null;
            /** @description Who is told instead: a carer or a partner organisation. */
            via?: loans["schemas"]["Via"] | (Record<string, never> | null);
            /** @description Who collects, when the borrower is an organisation. */
            contact?: loans["schemas"]["Contact"] | (Record<string, never> | null);
            /** @description Their name. */
            name?: string;
            /**
             * @description Their language.
             * @enum {string}
             */
            language?: "nl" | "fr" | "en";
        };
        BorrowerPut: {
            address?: (Record<string, never> | null) | loans["schemas"]["Address"];
            /** @description Any way of writing a Belgian number, or +… for another country. */
            phone?: string | null;
            /** @description E-mail address. */
            email?: string | null;
            /** @description How to reach them, the preferred way first. */
            channels?: ("email" | "inPerson" | "letter" | "phoneCall" | "sms")[] | null;
            /** @description Who is told instead: a carer or a partner organisation. */
            via?: loans["schemas"]["Via"] | (Record<string, never> | null);
            /** @description Who collects, when the borrower is an organisation. */
            contact?: loans["schemas"]["Contact"] | (Record<string, never> | null);
            /**
             * @description A code of refData/borrowerKind.
             * @default person
             * @enum {string}
             */
            kind: "organisation" | "person";
            /**
             * Format: uuid
             * @description Where they are known.
             */
            digipunt: string;
            /** @description Where that is; needed when this service does not know the digipunt yet. */
            municipality?: string;
            /** @description Their name, or that of the organisation. */
            name: string;
            /**
             * @description In which language they are told things.
             * @default nl
             * @enum {string}
             */
            language: "nl" | "fr" | "en";
        };
        Erased: {
            /**
             * Format: uuid
             * @description An id that nothing leads from any more.
             */
            id?: string;
            /** @enum {string} */
            state?: "erased";
            /** @description Also the ETag. */
            version?: number;
        };
        DeviceAnswer: {
            /** @description The maker's number. */
            serial?: string | null;
            /** @description What goes with it, such as charger and bag: the checklist. */
            accessories?: string[] | null;
            /** @description Anything else, without anything that identifies a person. */
            note?: string | null;
            /**
             * Format: uuid
             * @description The device's id.
             */
            id?: string;
            /**
             * @description A code of refData/deviceKind.
             * @enum {string}
             */
            kind?: "bag" | "cardReader" | "charger" | "hotspot" | "laptop" | "mouseKeyboard" | "other" | "screen" | "simCard" | "smartphone" | "tablet";
            /** @description The number on its sticker. */
            label?: string;
            /**
             * Format: uuid
             * @description Its home.
             */
            digipunt?: string;
            /**
             * Format: uuid
             * @description Where it is when nobody has it.
             */
            at?: string;
            /** @description The municipality of its home. */
            municipality?: string;
            /**
             * @description A code of refData/condition.
             * @enum {string}
             */
            condition?: "damaged" | "good" | "incomplete" | "new" | "unusable" | "used";
            /**
             * @description A code of refData/deviceState.
             * @enum {string}
             */
            state?: "available" | "inRepair" | "missing" | "onLoan" | "preparing" | "reserved" | "retired" | "returnedUnchecked" | "toWipe";
            /** @description What of its checklist is not there. */
            missingAccessories?: string[];
            /** @description Whether it was looked over since the last loan. */
            checked?: boolean;
            /** @description Whether it was wiped since the last loan. */
            wiped?: boolean;
            /**
             * Format: date
             * @description Since when it can be lent.
             */
            addedOn?: string;
            /**
             * Format: date
             * @description When it was last scanned in a stock-take.
             */
            seenOn?: string;
            /**
             * Format: date
             * @description When it was taken out of use.
             */
            retiredOn?: string;
            /**
             * @description A code of refData/retireReason.
             * @enum {string}
             */
            retireReason?: "broken" | "givenAway" | "lost" | "other" | "stolen" | "tooOld";
            /**
             * Format: uuid
             * @description The loan that has it, or for which it is reserved.
             */
            loan?: string;
            /**
             * Format: uuid
             * @description Who that is; with embed=borrower, and of your own digipunten.
             */
            borrower?: string;
            /** @description Also the ETag. */
            version?: number;
        };
        Ticket: {
            /** @description Open it within a minute; a second time it is not there. */
            href: string;
            /** Format: date-time */
            expiresAt: string;
        };
        DevicePatch: {
            /** @description The maker's number. */
            serial?: string | null;
            /** @description What goes with it, such as charger and bag: the checklist. */
            accessories?: string[] | null;
            /** @description Anything else, without anything that identifies a person. */
            note?: string | null;
            /** @description The number on its sticker. */
            label?: string;
            /**
             * @description A code of refData/condition.
             * @enum {string}
             */
            condition?: "damaged" | "good" | "incomplete" | "new" | "unusable" | "used";
        };
        DevicePut: {
            /** @description The maker's number. */
            serial?: string | null;
            /** @description What goes with it, such as charger and bag: the checklist. */
            accessories?: string[] | null;
            /** @description Anything else, without anything that identifies a person. */
            note?: string | null;
            /**
             * @description A code of refData/deviceKind.
             * @enum {string}
             */
            kind: "bag" | "cardReader" | "charger" | "hotspot" | "laptop" | "mouseKeyboard" | "other" | "screen" | "simCard" | "smartphone" | "tablet";
            /** @description The number on its sticker, such as 12; free in the municipality. */
            label: string;
            /**
             * Format: uuid
             * @description Its home.
             */
            digipunt: string;
            /** @description Where that is; needed when this service does not know the digipunt yet. */
            municipality?: string;
            /**
             * @description A code of refData/condition.
             * @default good
             * @enum {string}
             */
            condition: "damaged" | "good" | "incomplete" | "new" | "unusable" | "used";
            /**
             * Format: date
             * @description Since when it is here; today when left out.
             */
            addedOn?: string;
            /** @description It cannot be lent yet; say `ready` later. */
            preparing?: boolean;
        };
        Check: {
            /**
             * @description A code of refData/condition.
             * @enum {string}
             */
            condition: "damaged" | "good" | "incomplete" | "new" | "unusable" | "used";
            /**
             * Format: uuid
             * @description Where it is now, when it was brought from another digipunt.
             */
            digipunt?: string;
            /** @description Whether what the borrower left on it is gone. */
            wiped?: boolean;
            /** @description What of its checklist is not there. */
            missingAccessories?: string[];
            /** @description What is wrong, without anything that identifies a person. */
            note?: string;
        };
        HistoryAnswer: {
            /** @description When, in UTC. */
            time?: string;
            /** @description Such as handedOver, returned, checked, wiped, moved. */
            what?: string;
            /**
             * @description Its state after that.
             * @enum {string}
             */
            state?: "available" | "inRepair" | "missing" | "onLoan" | "preparing" | "reserved" | "retired" | "returnedUnchecked" | "toWipe";
            /**
             * @description A code of refData/condition.
             * @enum {string}
             */
            condition?: "damaged" | "good" | "incomplete" | "new" | "unusable" | "used";
            /**
             * Format: uuid
             * @description Where it was.
             */
            at?: string;
            /**
             * Format: uuid
             * @description The loan that it was about.
             */
            loan?: string;
            /** @description A remark. */
            note?: string;
        };
        Remark: {
            /** @description Why, without anything that identifies a person. */
            note?: string;
        };
        Move: {
            /**
             * Format: uuid
             * @description Its new home.
             */
            digipunt: string;
        };
        BackInUse: {
            /**
             * @description A code of refData/condition.
             * @enum {string}
             */
            condition?: "damaged" | "good" | "incomplete" | "new" | "unusable" | "used";
        };
        Retire: {
            /**
             * @description A code of refData/retireReason.
             * @enum {string}
             */
            reason: "broken" | "givenAway" | "lost" | "other" | "stolen" | "tooOld";
        };
        JournalPage: {
            /** Format: uuid */
            epoch: string;
            position: number;
            items: {
                [key: string]: unknown;
            }[];
        };
        LoanAnswer: {
            /**
             * Format: uuid
             * @description Who borrows.
             */
            borrower: string;
            /** @description Which devices. */
            devices: string[];
            /**
             * Format: uuid
             * @description Which digipunt lends.
             */
            digipunt: string;
            /**
             * Format: date
             * @description Until when, an opening day; four weeks when left out.
             */
            dueOn?: string | null;
            /**
             * Format: uuid
             * @description The loan's id.
             */
            id?: string;
            /** @description The municipality of the digipunt. */
            municipality?: string;
            /** @description Of each device, side by side. */
            deviceKinds?: ("bag" | "cardReader" | "charger" | "hotspot" | "laptop" | "mouseKeyboard" | "other" | "screen" | "simCard" | "smartphone" | "tablet")[];
            /** @description The devices that the borrower has now. */
            out?: string[];
            /**
             * Format: uuid
             * @description The request that it answers.
             */
            request?: string;
            /**
             * Format: date
             * @description Since when it is ready.
             */
            preparedOn?: string;
            /**
             * Format: date
             * @description When it was handed over.
             */
            handedOverOn?: string;
            /**
             * Format: date
             * @description When all of it was back, or lost, or given up.
             */
            endedOn?: string;
            /** @description How often it was extended. */
            extensions?: number;
            /**
             * @description How the agreement was signed.
             * @enum {string}
             */
            signature?: "paper" | "screen";
            /**
             * @description A code of refData/loanState.
             * @enum {string}
             */
            state?: "cancelled" | "closed" | "handedOver" | "lost" | "notCollected" | "ready" | "refused" | "requested" | "returned";
            /** @description Computed from the due date. */
            overdue?: boolean;
            /** @description Computed from the due date. */
            overdueDays?: number;
            /** @description Also the ETag. */
            version?: number;
        };
        LoanPatch: {
            /**
             * Format: date
             * @description Until when, an opening day.
             */
            dueOn: string;
        };
        LoanPut: {
            /**
             * Format: uuid
             * @description Who borrows.
             */
            borrower: string;
            /** @description Which devices. */
            devices: string[];
            /**
             * Format: uuid
             * @description Which digipunt lends.
             */
            digipunt: string;
            /**
             * Format: date
             * @description Until when, an opening day; four weeks when left out.
             */
            dueOn?: string | null;
        };
        CheckLoan: {
            /** @description Only these; all that came back when left out. */
            devices?: string[];
            /**
             * @description A code of refData/condition.
             * @enum {string}
             */
            condition: "damaged" | "good" | "incomplete" | "new" | "unusable" | "used";
            /** @description Whether what the borrower left on it is gone. */
            wiped?: boolean;
            /** @description What of the checklist is not there. */
            missingAccessories?: string[];
            /** @description What is wrong, without anything that identifies a person. */
            note?: string;
        };
        Extend: {
            /**
             * Format: date
             * @description Until when, an opening day; four weeks longer when left out.
             */
            dueOn?: string;
        };
        ExtensionAnswer: {
            /** @description The first is 1; its page is `extensions/1.pdf`. */
            number?: number;
            /**
             * Format: date
             * @description When it was extended.
             */
            extendedOn?: string;
            /**
             * Format: date
             * @description Until when it was.
             */
            previouslyDueOn?: string;
            /**
             * Format: date
             * @description Until when it was from then on.
             */
            dueOn?: string;
        };
        Extensions: {
            items: loans["schemas"]["ExtensionAnswer"][];
        };
        HandOver: {
            /**
             * Format: date
             * @description When, if it is recorded later than it was done; today when left out.
             */
            handedOverOn?: string;
            /**
             * Format: date
             * @description Until when, an opening day; as prepared when left out.
             */
            dueOn?: string;
            /** @description Who collected it, when the borrower is an organisation. */
            collectedBy?: string;
            /**
             * @description Of the agreement that was read and signed; the borrower's own when left out.
             * @enum {string}
             */
            language?: "nl" | "fr" | "en";
            /** @description The signature drawn on the screen, a PNG as data:image/png;base64,…; left out: signed on paper. */
            signature?: string;
        };
        Lost: {
            /** @description Only these; all that are out when left out. */
            devices?: string[];
            /**
             * Format: date
             * @description Since when; today when left out.
             */
            lostOn?: string;
        };
        Return: {
            /** @description Only these; all that are out when left out. */
            devices?: string[];
            /**
             * Format: uuid
             * @description Where it came back; the digipunt that lent it when left out.
             */
            digipunt?: string;
            /**
             * Format: date
             * @description When, if it is recorded later than it was done; today when left out.
             */
            returnedOn?: string;
        };
        Me: {
            subject: string;
            roles: ("coordinator" | "desk" | "helper" | "ops" | "policy" | "service")[];
            /** @description NIS codes of own municipalities. */
            municipalities: string[];
            /** @description Ids of own digipunts. */
            digipunts: string[];
            /** @description The paired laptop that the token is of. */
            laptop: string | null;
            /** @description Who signed in on it, as an id. */
            helper: string | null;
            /**
             * Format: date-time
             * @description Until when the token is valid.
             */
            expiresAt: string;
            /**
             * Format: date-time
             * @description What time it is here, for a client whose clock is off.
             */
            serverTime: string;
        };
        Items: {
            items: {
                [key: string]: unknown;
            }[];
        };
        RetryParked: {
            /** @default null */
            subject: string | null;
        };
        Retried: {
            applied: number;
            left: number;
        };
        DropParked: {
            reason: string;
        };
        Why: {
            /**
             * @description They asked for it, it is not needed any more, or it was entered by mistake.
             * @default asked
             * @enum {string}
             */
            reason: "asked" | "notNeeded" | "mistake";
        };
        Step: {
            /** Format: date-time */
            at: string;
            kind: string;
            count: number;
            reason?: string;
        };
        ErasureAnswer: {
            person: string;
            service: string;
            steps: loans["schemas"]["Step"][];
            /** @description The services that hear of it from this one, and answer for themselves. */
            waitsFor?: string[];
            /** @description Here and true when the person is still kept for another municipality, which erases for itself. */
            staysElsewhere?: boolean;
        };
        KeptAnswer: {
            /** @description Which, such as `borrower`, `loan` or `message`. */
            kind: string;
            municipality?: string;
            /** @description All of it, as its own route shows it. */
            data: {
                [key: string]: unknown;
            };
            /** @description Documents, each with `name`, `type` and `base64`. */
            files?: {
                [key: string]: unknown;
            }[];
        };
        PersonAnswer: {
            person: string;
            service: string;
            kept: loans["schemas"]["KeptAnswer"][];
        };
        Rebuild: {
            /** @default null */
            source: string | null;
        };
        Labels: {
            nl: string;
            fr: string;
            en: string;
        };
        Code: {
            code: string;
            labels: loans["schemas"]["Labels"];
            retired: boolean;
        };
        ReferenceList: {
            name: string;
            items: loans["schemas"]["Code"][];
        };
        ReferenceLists: {
            items: loans["schemas"]["ReferenceList"][];
        };
        RequestAnswer: {
            /**
             * Format: uuid
             * @description Who.
             */
            borrower: string;
            /**
             * @description A code of refData/deviceKind.
             * @enum {string}
             */
            deviceKind: "bag" | "cardReader" | "charger" | "hotspot" | "laptop" | "mouseKeyboard" | "other" | "screen" | "simCard" | "smartphone" | "tablet";
            /**
             * Format: uuid
             * @description Where they would collect it.
             */
            digipunt: string;
            /** @description What for, without anything that identifies a person. */
            note?: string | null;
            /**
             * Format: uuid
             * @description The request's id.
             */
            id?: string;
            /** @description The municipality of the digipunt. */
            municipality?: string;
            /**
             * Format: date
             * @description When they asked.
             */
            requestedOn?: string;
            /** @description Its place in the order in which requests came to the digipunt. */
            number?: number;
            /**
             * @description A code of refData/loanState.
             * @enum {string}
             */
            state?: "cancelled" | "closed" | "handedOver" | "lost" | "notCollected" | "ready" | "refused" | "requested" | "returned";
            /**
             * @description A code of refData/refusalReason.
             * @enum {string}
             */
            reason?: "elsewhere" | "hasOne" | "noDevice" | "notSuitable" | "other";
            /**
             * Format: uuid
             * @description The loan that is ready for them.
             */
            loan?: string;
            /** @description Also the ETag. */
            version?: number;
        };
        RequestPut: {
            /**
             * Format: uuid
             * @description Who.
             */
            borrower: string;
            /**
             * @description A code of refData/deviceKind.
             * @enum {string}
             */
            deviceKind: "bag" | "cardReader" | "charger" | "hotspot" | "laptop" | "mouseKeyboard" | "other" | "screen" | "simCard" | "smartphone" | "tablet";
            /**
             * Format: uuid
             * @description Where they would collect it.
             */
            digipunt: string;
            /** @description What for, without anything that identifies a person. */
            note?: string | null;
        };
        Approve: {
            /** @description Which devices. */
            devices: string[];
            /**
             * Format: date
             * @description Until when, an opening day; four weeks when left out.
             */
            dueOn?: string;
        };
        Refuse: {
            /**
             * @description A code of refData/refusalReason.
             * @enum {string}
             */
            reason: "elsewhere" | "hasOne" | "noDevice" | "notSuitable" | "other";
        };
        KeptFor: {
            borrowers: number;
            contacts: number;
            texts: number;
            trail: number;
        };
        DueAnswer: {
            /** @description `borrowers`, `contacts`, `notes` or `trail`. */
            what: string;
            count: number;
            /**
             * Format: date
             * @description It is from before this day.
             */
            before: string;
        };
        RetentionAnswer: {
            months: loans["schemas"]["KeptFor"];
            due: loans["schemas"]["DueAnswer"][];
        };
        Rebuilding: {
            /** @description Up to where it has come. */
            position: number;
            /** @description Why it began again, if an alarm stopped it. */
            reason: string | null;
        };
        Subscription: {
            source: string;
            /**
             * @description waiting: the owner of the journal is away, or was never there.
             * @enum {string}
             */
            state: "starting" | "following" | "waiting" | "stopped";
            /** @description Why it stopped, and the way out. */
            reason: string | null;
            connected: boolean;
            /** Format: uuid */
            epoch: string | null;
            position: number;
            /** @description The last position of the journal; null while its owner has been silent for a minute. */
            head: number | null;
            /** @description Events that are not applied yet; null when the head is not known. */
            lag: number | null;
            /** @description Dead letters. */
            parked: number;
            /** Format: date-time */
            eventTime: string | null;
            /** Format: date-time */
            headSeenAt: string | null;
            rebuilding: (Record<string, never> | null) | loans["schemas"]["Rebuilding"];
        };
        Status: {
            items: loans["schemas"]["Subscription"][];
        };
        StockTake: {
            /**
             * Format: uuid
             * @description Where.
             */
            digipunt: string;
            /** @description QR codes or labels. */
            scanned: string[];
            /**
             * @description Mark what should be here and was not scanned as missing.
             * @default false
             */
            markMissing: boolean;
        };
        StockTakeAnswer: {
            /** @description Scanned, and kept here. */
            found?: string[];
            /** @description Scanned here, and expected elsewhere. */
            foundElsewhere?: string[];
            /** @description Kept here, and not scanned. */
            absent?: string[];
            /** @description Scanned, and no device of ours. */
            notOurs?: string[];
        };
        Counts: {
            /** @description Loans that are due today. */
            toComeBack?: number;
            /** @description Loans that should have been back. */
            late?: number;
            /** @description Loans that wait to be handed over. */
            ready?: number;
            /** @description Devices that came back and were not looked at. */
            toCheck?: number;
            /** @description Devices that were looked at and not wiped. */
            toWipe?: number;
            /** @description Requests on the waiting list. */
            waiting?: number;
        };
        LoanOfToday: {
            /**
             * Format: uuid
             * @description Who borrows.
             */
            borrower: string;
            /** @description Which devices. */
            devices: string[];
            /**
             * Format: uuid
             * @description Which digipunt lends.
             */
            digipunt: string;
            /**
             * Format: date
             * @description Until when, an opening day; four weeks when left out.
             */
            dueOn?: string | null;
            /**
             * Format: uuid
             * @description The loan's id.
             */
            id?: string;
            /** @description The municipality of the digipunt. */
            municipality?: string;
            /** @description Of each device, side by side. */
            deviceKinds?: ("bag" | "cardReader" | "charger" | "hotspot" | "laptop" | "mouseKeyboard" | "other" | "screen" | "simCard" | "smartphone" | "tablet")[];
            /** @description The devices that the borrower has now. */
            out?: string[];
            /**
             * Format: uuid
             * @description The request that it answers.
             */
            request?: string;
            /**
             * Format: date
             * @description Since when it is ready.
             */
            preparedOn?: string;
            /**
             * Format: date
             * @description When it was handed over.
             */
            handedOverOn?: string;
            /**
             * Format: date
             * @description When all of it was back, or lost, or given up.
             */
            endedOn?: string;
            /** @description How often it was extended. */
            extensions?: number;
            /**
             * @description How the agreement was signed.
             * @enum {string}
             */
            signature?: "paper" | "screen";
            /**
             * @description A code of refData/loanState.
             * @enum {string}
             */
            state?: "cancelled" | "closed" | "handedOver" | "lost" | "notCollected" | "ready" | "refused" | "requested" | "returned";
            /** @description Computed from the due date. */
            overdue?: boolean;
            /** @description Computed from the due date. */
            overdueDays?: number;
            /** @description Also the ETag. */
            version?: number;
            /** @description On the sticker of each device, side by side. */
            deviceLabels?: string[];
        };
        TodayAnswer: {
            /** Format: date */
            day?: string;
            counts?: loans["schemas"]["Counts"];
            toComeBack?: loans["schemas"]["LoanOfToday"][];
            late?: loans["schemas"]["LoanOfToday"][];
            ready?: loans["schemas"]["LoanOfToday"][];
            toCheck?: loans["schemas"]["DeviceAnswer"][];
            toWipe?: loans["schemas"]["DeviceAnswer"][];
            waiting?: loans["schemas"]["RequestAnswer"][];
            /** @description With embed=borrower. */
            embedded?: {
                [key: string]: loans["schemas"]["BorrowerAnswer"];
            };
        };
        TrailEntry: {
            /** Format: date-time */
            at: string;
            /** @description The subject of the token. */
            who: string;
            role?: string;
            /** @description The code of the helper who was signed in. */
            helper?: string;
            /** @description The id of the laptop. */
            laptop?: string;
            /** @enum {string} */
            what: "saw" | "added" | "changed" | "exported" | "erased" | "aged";
            /** @description Which data, such as `borrower`. */
            kind: string;
            /** @description The id of whom it was about. */
            person?: string;
            municipality?: string;
            /** @description Why, where that is asked. */
            reason?: string;
            /** @description How many of this kind. */
            count: number;
            /** @description Its place in the chain; none for a few seconds. */
            number?: number;
        };
        TrailCheck: {
            whole: boolean;
            /** @description The number that the chain begins with. */
            first: number;
            /** @description Its last number. */
            last: number;
            /** @description The link of the last one: who wrote it down sees later that nothing before was changed. */
            link: string;
            /** @description The first number that is not as it was. */
            broken?: number;
            /** @description New entries without a number. */
            waiting: number;
        };
    };
}

export interface notifications {
    schemas: {
        /** @description What went wrong (RFC 9457, BelGIF REST guide). */
        Problem: {
            /**
             * Format: uri
             * @example urn:problem-type:belgif:badRequest
             */
            type: string;
            title: string;
            status: number;
            code: notifications["schemas"]["RefusalCode"];
            /** @description What to do, in the language of `Accept-Language`. */
            detail: string;
            /** Format: uri */
            href?: string;
            /** @description The trace id of this request, as a URN. */
            instance?: string;
            issues?: notifications["schemas"]["Issue"][];
            /** @description How often it may still be tried, where tries are counted. */
            triesLeft?: number;
            /**
             * Format: date-time
             * @description When it opens again by itself.
             */
            lockedUntil?: string;
        };
        /** @description One place in the input that breaks a rule. */
        Issue: {
            /** Format: uri */
            type: string;
            title: string;
            code: notifications["schemas"]["RefusalCode"];
            /** @description What to do, in the language of `Accept-Language`. */
            detail: string;
            /** @enum {string} */
            in: "body" | "header" | "path" | "query";
            /** @example themes[0] */
            name?: string;
            /** @description What was sent, unless it is free text. */
            value?: unknown;
        };
        /**
         * @description Which refusal it is, for programs: codes come, and are never renamed.
         * @enum {string}
         */
        RefusalCode: "addressNeedsUuid" | "addressTooLong" | "addressUnknown" | "answerTooLargeToKeep" | "beginsLikeFormula" | "blank" | "bodyNotJson" | "bodyTooLarge" | "bodyTooManyNames" | "callClaimed" | "callNotYours" | "channelNeedsAddress" | "channelNeedsEmail" | "channelNeedsPhone" | "claimMalformed" | "claimNotFound" | "claimNotText" | "contactErased" | "contactNotFound" | "dataKeyMissing" | "databaseAway" | "dayOutOfRange" | "deadLetterNotFound" | "digipuntElsewhere" | "digipuntNotFound" | "digipuntUnknown" | "documentTooSlow" | "documentsNotPossible" | "drawingTooSlow" | "endsBeforeItBegins" | "factMissing" | "giveOnce" | "hardToRead" | "headersTooLarge" | "idTaken" | "idempotencyKeyReused" | "idempotencyKeyUnusable" | "ifMatchUnreadable" | "internalError" | "invalidInput" | "invalidValue" | "jargon" | "lastDayNotHere" | "lastDayOutOfRange" | "lengthBetween" | "letterBatchNotFound" | "messageLeft" | "messageNotFound" | "methodNotAllowed" | "municipalityMissing" | "municipalityNotFound" | "noLetterWaits" | "noMunicipality" | "noNumberToCall" | "noResultWanted" | "notAChoice" | "notADeliveryReport" | "notATemplate" | "notBoolean" | "notDay" | "notEmail" | "notHttp" | "notInRange" | "notInRefData" | "notList" | "notMoment" | "notNis" | "notNumber" | "notObject" | "notPhone" | "notPostalCode" | "notText" | "notUuid" | "notWholeNumber" | "nothingToCall" | "null" | "otherDigipunt" | "otherMunicipality" | "ownerAway" | "partWithoutText" | "personNotFound" | "personalDataBankCard" | "personalDataBirthDate" | "personalDataEmail" | "personalDataIban" | "personalDataNationalNumber" | "personalDataPassword" | "personalDataPhone" | "queryBlank" | "queryHoldsNul" | "queryTooManyParts" | "queryUnreadable" | "readerNotFound" | "refDataListNotFound" | "relativeDay" | "reportedMessageUnknown" | "requestTooSlow" | "required" | "resultDoesNotFit" | "roleRequired" | "sentenceTooLong" | "serviceAway" | "serviceBusy" | "serviceStopping" | "severalPeople" | "signInProviderAway" | "signsNotInSms" | "staleVersion" | "subscriptionNotFound" | "templateEmpty" | "templateFieldUnknown" | "templateTooClever" | "templateTooDeep" | "ticketGone" | "tokenExpired" | "tokenInvalid" | "tokenMissing" | "tokenTakenBack" | "tooLarge" | "tooLong" | "tooManyClients" | "tooManyDocuments" | "tooManyDrawings" | "tooManyRequests" | "tooManySignIns" | "tooManySms" | "tooManyWrites" | "tooMuchArriving" | "tooShort" | "tooSmall" | "unknownExpectation" | "unknownField" | "unsupportedMediaType" | "urlTooLong" | "versionRequired" | "webAddress";
        PartHealth: {
            /** @enum {string} */
            status: "UP" | "DOWN";
            /** @description What is not ready, in a sentence. */
            detail?: string;
        };
        Health: {
            /** @enum {string} */
            status: "UP" | "DEGRADED" | "DOWN";
            details?: {
                [key: string]: notifications["schemas"]["PartHealth"];
            };
        };
        AnnouncementPost: {
            /**
             * @description pointChanged: call before you come. serviceEnding: bring the device back.
             * @enum {string}
             */
            kind: "pointChanged" | "serviceEnding";
            /** @description Everybody who has a device of this municipality. */
            municipality: string;
            /**
             * Format: uuid
             * @description Only of this digipunt.
             */
            digipunt?: string;
            /**
             * Format: date
             * @description Of serviceEnding: the last day. Who has a device brings it back by then.
             */
            closesOn?: string;
        };
        Announced: {
            /** @description Messages, one for each loan. */
            planned: number;
        };
        Message: {
            /**
             * Format: uuid
             * @description The message's id.
             */
            id: string;
            /**
             * @description A code of refData/messageKind.
             * @enum {string}
             */
            kind: "bottleneckSheet" | "followUpCall" | "loanDueSoon" | "loanDueToday" | "loanExtended" | "loanOverdue1" | "loanOverdue2" | "loanOverdue3" | "loanReady" | "loanReturned" | "pointChanged" | "serviceEnding" | "sessionCancelled" | "sessionChanged" | "sessionConfirmed" | "sessionReminder" | "waitlistOffer";
            /**
             * Format: uuid
             * @description The loan, session, follow-up or sheet it is about.
             */
            about: string;
            /**
             * @description A code of refData/messageState.
             * @enum {string}
             */
            state: "bounced" | "called" | "cancelled" | "delivered" | "expired" | "failed" | "heldQuietHours" | "noAnswer" | "planned" | "posted" | "returnedMail" | "sending" | "sent" | "toCall";
            /**
             * @description The present way; none while it is not chosen yet.
             * @enum {string}
             */
            channel?: "email" | "inPerson" | "letter" | "phoneCall" | "sms";
            /**
             * @description A code of refData/messageReason.
             * @enum {string}
             */
            reason?: "bounced" | "byStaff" | "erased" | "noAnswer" | "noChannel" | "noLongerTrue" | "noNumber" | "notSetUp" | "other" | "refused" | "returnedMail" | "tooLate" | "unavailable" | "unknown" | "wrongNumber";
            /** @description Of the digipunt. */
            municipality?: string;
            /**
             * Format: uuid
             * @description Which digipunt tells it.
             */
            digipunt?: string;
            /**
             * Format: date-time
             * @description When it was planned.
             */
            plannedAt: string;
            /**
             * Format: date-time
             * @description When its state changed last.
             */
            changedAt: string;
            /**
             * Format: date-time
             * @description When it is looked at again; not for what staff do.
             */
            nextAt?: string;
            /**
             * Format: date-time
             * @description After this it is of no use any more.
             */
            until: string;
            /** @description Also the ETag. */
            version: number;
        };
        Addressee: {
            /**
             * Format: uuid
             * @description The borrower in loans; for a session or a call back the contact here, for a sheet the reader.
             */
            id: string;
            name: string;
            /** @description Who is told instead: a carer or partner. */
            via?: string;
            phone?: string | null;
            /** @enum {string} */
            language: "nl" | "fr" | "en";
        };
        CallClaim: {
            /**
             * Format: uuid
             * @description To give it back with.
             */
            id: string;
            /** @description Whose token it is. */
            claimedBy: string;
            /**
             * Format: date-time
             * @description When it comes free by itself.
             */
            until: string;
        };
        Line: {
            messages: notifications["schemas"]["Message"][];
            /** @description None: staff know whom it is for. */
            person?: notifications["schemas"]["Addressee"];
            /** @description What to say. */
            script: string;
            /** @description Calls without an answer so far. */
            attempts: number;
            /** @description On the call sheet: who is calling just now. */
            claim?: notifications["schemas"]["CallClaim"];
        };
        CallClaimPost: {
            /** @description Those of one line. */
            messages: string[];
        };
        CallClaimAnswer: {
            /**
             * Format: uuid
             * @description To give it back with.
             */
            id: string;
            /** @description Whose token it is. */
            claimedBy: string;
            /**
             * Format: date-time
             * @description When it comes free by itself.
             */
            until: string;
            /** @description What to tell. */
            messages: string[];
        };
        ChannelState: {
            /**
             * @description A code of refData/channel.
             * @enum {string}
             */
            channel: "email" | "inPerson" | "letter" | "phoneCall" | "sms";
            setUp: boolean;
            works: boolean;
            /**
             * Format: date-time
             * @description Since when nothing leaves.
             */
            downSince?: string;
            /** @description What it said. */
            detail?: string;
        };
        Channels: {
            items: notifications["schemas"]["ChannelState"][];
            /** @description Messages that wait because neither digipunt nor municipality has a number to call. */
            waitingForNumber: number;
        };
        Address: {
            /** @description Street, number and box. */
            street: string;
            postalCode: string;
            /** @description Town or village. */
            town: string;
        };
        ContactAnswer: {
            /** @description Their name. */
            name: string;
            /**
             * Format: uuid
             * @description Which digipunt knows them.
             */
            digipunt: string;
            /** @description Where that is; needed when this service does not know the digipunt yet. */
            municipality?: string;
            /**
             * @description In which language they are told things.
             * @default nl
             * @enum {string}
             */
            language: "nl" | "fr" | "en";
            /** @description How to reach them, the preferred way first; without it, each way that is possible. */
            channels?: ("email" | "inPerson" | "letter" | "phoneCall" | "sms")[] | null;
            /** @description Any way of writing a Belgian number, or +… for another country. */
            phone?: string | null;
            /** @description E-mail address. */
            email?: string | null;
            address?: (Record<string, never> | null) | notifications["schemas"]["Address"];
            /**
             * Format: uuid
             * @description The contact's id.
             */
            id?: string;
            /** @description Also the ETag. */
            version?: number;
        };
        ContactPut: {
            /** @description Their name. */
            name: string;
            /**
             * Format: uuid
             * @description Which digipunt knows them.
             */
            digipunt: string;
            /** @description Where that is; needed when this service does not know the digipunt yet. */
            municipality?: string;
            /**
             * @description In which language they are told things.
             * @default nl
             * @enum {string}
             */
            language: "nl" | "fr" | "en";
            /** @description How to reach them, the preferred way first; without it, each way that is possible. */
            channels?: ("email" | "inPerson" | "letter" | "phoneCall" | "sms")[] | null;
            /** @description Any way of writing a Belgian number, or +… for another country. */
            phone?: string | null;
            /** @description E-mail address. */
            email?: string | null;
            address?: (Record<string, never> | null) | notifications["schemas"]["Address"];
        };
        JournalPage: {
            /** Format: uuid */
            epoch: string;
            position: number;
            items: {
                [key: string]: unknown;
            }[];
        };
        Batch: {
            /**
             * Format: uuid
             * @description The batch's id.
             */
            id: string;
            /** @description Of which municipality. */
            municipality: string;
            /**
             * Format: date-time
             * @description When they were gathered.
             */
            madeAt: string;
            /**
             * Format: date-time
             * @description When they went into the post.
             */
            postedAt?: string;
            version: number;
        };
        BatchPost: {
            /** @description Of which municipality. */
            municipality: string;
        };
        Ticket: {
            /** @description Open it within a minute; a second time it is not there. */
            href: string;
            /** Format: date-time */
            expiresAt: string;
        };
        Me: {
            subject: string;
            roles: ("coordinator" | "desk" | "helper" | "ops" | "policy" | "service")[];
            /** @description NIS codes of own municipalities. */
            municipalities: string[];
            /** @description Ids of own digipunts. */
            digipunts: string[];
            /** @description The paired laptop that the token is of. */
            laptop: string | null;
            /** @description Who signed in on it, as an id. */
            helper: string | null;
            /**
             * Format: date-time
             * @description Until when the token is valid.
             */
            expiresAt: string;
            /**
             * Format: date-time
             * @description What time it is here, for a client whose clock is off.
             */
            serverTime: string;
        };
        Step: {
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /**
             * @description A code of refData/messageState.
             * @enum {string}
             */
            state: "bounced" | "called" | "cancelled" | "delivered" | "expired" | "failed" | "heldQuietHours" | "noAnswer" | "planned" | "posted" | "returnedMail" | "sending" | "sent" | "toCall";
            /**
             * @description A code of refData/channel.
             * @enum {string}
             */
            channel?: "email" | "inPerson" | "letter" | "phoneCall" | "sms";
            /**
             * @description A code of refData/messageReason.
             * @enum {string}
             */
            reason?: "bounced" | "byStaff" | "erased" | "noAnswer" | "noChannel" | "noLongerTrue" | "noNumber" | "notSetUp" | "other" | "refused" | "returnedMail" | "tooLate" | "unavailable" | "unknown" | "wrongNumber";
        };
        MessageWithHistory: {
            /**
             * Format: uuid
             * @description The message's id.
             */
            id: string;
            /**
             * @description A code of refData/messageKind.
             * @enum {string}
             */
            kind: "bottleneckSheet" | "followUpCall" | "loanDueSoon" | "loanDueToday" | "loanExtended" | "loanOverdue1" | "loanOverdue2" | "loanOverdue3" | "loanReady" | "loanReturned" | "pointChanged" | "serviceEnding" | "sessionCancelled" | "sessionChanged" | "sessionConfirmed" | "sessionReminder" | "waitlistOffer";
            /**
             * Format: uuid
             * @description The loan, session, follow-up or sheet it is about.
             */
            about: string;
            /**
             * @description A code of refData/messageState.
             * @enum {string}
             */
            state: "bounced" | "called" | "cancelled" | "delivered" | "expired" | "failed" | "heldQuietHours" | "noAnswer" | "planned" | "posted" | "returnedMail" | "sending" | "sent" | "toCall";
            /**
             * @description The present way; none while it is not chosen yet.
             * @enum {string}
             */
            channel?: "email" | "inPerson" | "letter" | "phoneCall" | "sms";
            /**
             * @description A code of refData/messageReason.
             * @enum {string}
             */
            reason?: "bounced" | "byStaff" | "erased" | "noAnswer" | "noChannel" | "noLongerTrue" | "noNumber" | "notSetUp" | "other" | "refused" | "returnedMail" | "tooLate" | "unavailable" | "unknown" | "wrongNumber";
            /** @description Of the digipunt. */
            municipality?: string;
            /**
             * Format: uuid
             * @description Which digipunt tells it.
             */
            digipunt?: string;
            /**
             * Format: date-time
             * @description When it was planned.
             */
            plannedAt: string;
            /**
             * Format: date-time
             * @description When its state changed last.
             */
            changedAt: string;
            /**
             * Format: date-time
             * @description When it is looked at again; not for what staff do.
             */
            nextAt?: string;
            /**
             * Format: date-time
             * @description After this it is of no use any more.
             */
            until: string;
            /** @description Also the ETag. */
            version: number;
            history: notifications["schemas"]["Step"][];
            /** @description SMS that it is billed as. */
            segments?: number;
        };
        Items: {
            items: {
                [key: string]: unknown;
            }[];
        };
        RetryParked: {
            /** @default null */
            subject: string | null;
        };
        Retried: {
            applied: number;
            left: number;
        };
        DropParked: {
            reason: string;
        };
        Why: {
            /**
             * @description They asked for it, it is not needed any more, or it was entered by mistake.
             * @default asked
             * @enum {string}
             */
            reason: "asked" | "notNeeded" | "mistake";
        };
        Step1: {
            /** Format: date-time */
            at: string;
            kind: string;
            count: number;
            reason?: string;
        };
        ErasureAnswer: {
            person: string;
            service: string;
            steps: notifications["schemas"]["Step1"][];
            /** @description The services that hear of it from this one, and answer for themselves. */
            waitsFor?: string[];
            /** @description Here and true when the person is still kept for another municipality, which erases for itself. */
            staysElsewhere?: boolean;
        };
        KeptAnswer: {
            /** @description Which, such as `borrower`, `loan` or `message`. */
            kind: string;
            municipality?: string;
            /** @description All of it, as its own route shows it. */
            data: {
                [key: string]: unknown;
            };
            /** @description Documents, each with `name`, `type` and `base64`. */
            files?: {
                [key: string]: unknown;
            }[];
        };
        PersonAnswer: {
            person: string;
            service: string;
            kept: notifications["schemas"]["KeptAnswer"][];
        };
        Reader: {
            /** @description Of which municipality. */
            municipality: string;
            /** @description Their name. */
            name: string;
            /** @description Where the message goes. */
            email: string;
            /**
             * @description In which language they are told.
             * @default nl
             * @enum {string}
             */
            language: "nl" | "fr" | "en";
            /**
             * Format: uuid
             * @description The reader's id.
             */
            id: string;
            /**
             * Format: date-time
             * @description Since when; a month that was told before is not told again.
             */
            since: string;
            /** @description Also the ETag. */
            version: number;
        };
        ReaderPut: {
            /** @description Of which municipality. */
            municipality: string;
            /** @description Their name. */
            name: string;
            /** @description Where the message goes. */
            email: string;
            /**
             * @description In which language they are told.
             * @default nl
             * @enum {string}
             */
            language: "nl" | "fr" | "en";
        };
        Rebuild: {
            /** @default null */
            source: string | null;
        };
        Labels: {
            nl: string;
            fr: string;
            en: string;
        };
        Code: {
            code: string;
            labels: notifications["schemas"]["Labels"];
            retired: boolean;
        };
        ReferenceList: {
            name: string;
            items: notifications["schemas"]["Code"][];
        };
        ReferenceLists: {
            items: notifications["schemas"]["ReferenceList"][];
        };
        Results: {
            /** @description Those of one line. */
            messages: string[];
            /**
             * @description told: the person knows. noAnswer: again later, after three times the next way. wrongNumber, notTold, returnedMail: the next way. settled: dealt with, for what reached nobody.
             * @enum {string}
             */
            result: "told" | "noAnswer" | "wrongNumber" | "notTold" | "returnedMail" | "settled";
        };
        ResultsAnswer: {
            items: notifications["schemas"]["Message"][];
        };
        KeptFor: {
            borrowers: number;
            contacts: number;
            texts: number;
            trail: number;
        };
        DueAnswer: {
            /** @description `borrowers`, `contacts`, `notes` or `trail`. */
            what: string;
            count: number;
            /**
             * Format: date
             * @description It is from before this day.
             */
            before: string;
        };
        RetentionAnswer: {
            months: notifications["schemas"]["KeptFor"];
            due: notifications["schemas"]["DueAnswer"][];
        };
        Settings: {
            /** @description Of which municipality. */
            municipality: string;
            /** @description The number that messages give where a digipunt has none. */
            phone: string | null;
            /** @description Where people of the municipality read answers to e-mail (Reply-To). */
            email: string | null;
        };
        Rebuilding: {
            /** @description Up to where it has come. */
            position: number;
            /** @description Why it began again, if an alarm stopped it. */
            reason: string | null;
        };
        Subscription: {
            source: string;
            /**
             * @description waiting: the owner of the journal is away, or was never there.
             * @enum {string}
             */
            state: "starting" | "following" | "waiting" | "stopped";
            /** @description Why it stopped, and the way out. */
            reason: string | null;
            connected: boolean;
            /** Format: uuid */
            epoch: string | null;
            position: number;
            /** @description The last position of the journal; null while its owner has been silent for a minute. */
            head: number | null;
            /** @description Events that are not applied yet; null when the head is not known. */
            lag: number | null;
            /** @description Dead letters. */
            parked: number;
            /** Format: date-time */
            eventTime: string | null;
            /** Format: date-time */
            headSeenAt: string | null;
            rebuilding: (Record<string, never> | null) | notifications["schemas"]["Rebuilding"];
        };
        Status: {
            items: notifications["schemas"]["Subscription"][];
        };
        Template: {
            /**
             * @description A code of refData/messageKind.
             * @enum {string}
             */
            kind: "bottleneckSheet" | "followUpCall" | "loanDueSoon" | "loanDueToday" | "loanExtended" | "loanOverdue1" | "loanOverdue2" | "loanOverdue3" | "loanReady" | "loanReturned" | "pointChanged" | "serviceEnding" | "sessionCancelled" | "sessionChanged" | "sessionConfirmed" | "sessionReminder" | "waitlistOffer";
            /** @enum {string} */
            language: "nl" | "fr" | "en";
            /**
             * @description subject and text: e-mail and letter. sms. say: on the phone and at the desk.
             * @enum {string}
             */
            part: "subject" | "sms" | "text" | "say";
            text: string;
            /** @description Whether it is the municipality's own. */
            own: boolean;
            /** @description What it may use in braces. */
            fields: string[];
        };
        Templates: {
            items: notifications["schemas"]["Template"][];
        };
        TemplatePut: {
            /** @description Whose words. */
            municipality: string;
            /**
             * @description A code of refData/messageKind.
             * @enum {string}
             */
            kind: "bottleneckSheet" | "followUpCall" | "loanDueSoon" | "loanDueToday" | "loanExtended" | "loanOverdue1" | "loanOverdue2" | "loanOverdue3" | "loanReady" | "loanReturned" | "pointChanged" | "serviceEnding" | "sessionCancelled" | "sessionChanged" | "sessionConfirmed" | "sessionReminder" | "waitlistOffer";
            /** @enum {string} */
            language: "nl" | "fr" | "en";
            /**
             * @description subject and text: e-mail and letter. sms. say: on the phone and at the desk.
             * @enum {string}
             */
            part: "subject" | "sms" | "text" | "say";
            /** @description The template; null brings the standard text back. */
            text: string | null;
        };
        PreviewPost: {
            /** @description Whose words. */
            municipality: string;
            /**
             * @description A code of refData/messageKind.
             * @enum {string}
             */
            kind: "bottleneckSheet" | "followUpCall" | "loanDueSoon" | "loanDueToday" | "loanExtended" | "loanOverdue1" | "loanOverdue2" | "loanOverdue3" | "loanReady" | "loanReturned" | "pointChanged" | "serviceEnding" | "sessionCancelled" | "sessionChanged" | "sessionConfirmed" | "sessionReminder" | "waitlistOffer";
            /** @enum {string} */
            language: "nl" | "fr" | "en";
            /**
             * @description A code of refData/channel.
             * @enum {string}
             */
            channel: "email" | "inPerson" | "letter" | "phoneCall" | "sms";
            /**
             * Format: uuid
             * @description As this digipunt would tell it; else one of the municipality.
             */
            digipunt?: string;
            /**
             * @description subject and text: e-mail and letter. sms. say: on the phone and at the desk.
             * @enum {string}
             */
            part?: "subject" | "sms" | "text" | "say";
            /** @description Other words for that part. */
            text?: string;
        };
        Plain: {
            words: number;
            sentences: number;
            longestSentence: number;
            readingEase: number;
            formula: string;
            problems: string[];
        };
        Preview: {
            subject: string;
            text: string;
            /** @description SMS that it is billed as. */
            segments?: number;
            plain: notifications["schemas"]["Plain"];
        };
        TrailEntry: {
            /** Format: date-time */
            at: string;
            /** @description The subject of the token. */
            who: string;
            role?: string;
            /** @description The code of the helper who was signed in. */
            helper?: string;
            /** @description The id of the laptop. */
            laptop?: string;
            /** @enum {string} */
            what: "saw" | "added" | "changed" | "exported" | "erased" | "aged";
            /** @description Which data, such as `borrower`. */
            kind: string;
            /** @description The id of whom it was about. */
            person?: string;
            municipality?: string;
            /** @description Why, where that is asked. */
            reason?: string;
            /** @description How many of this kind. */
            count: number;
            /** @description Its place in the chain; none for a few seconds. */
            number?: number;
        };
        TrailCheck: {
            whole: boolean;
            /** @description The number that the chain begins with. */
            first: number;
            /** @description Its last number. */
            last: number;
            /** @description The link of the last one: who wrote it down sees later that nothing before was changed. */
            link: string;
            /** @description The first number that is not as it was. */
            broken?: number;
            /** @description New entries without a number. */
            waiting: number;
        };
    };
}

export interface reporting {
    schemas: {
        /** @description What went wrong (RFC 9457, BelGIF REST guide). */
        Problem: {
            /**
             * Format: uri
             * @example urn:problem-type:belgif:badRequest
             */
            type: string;
            title: string;
            status: number;
            code: reporting["schemas"]["RefusalCode"];
            /** @description What to do, in the language of `Accept-Language`. */
            detail: string;
            /** Format: uri */
            href?: string;
            /** @description The trace id of this request, as a URN. */
            instance?: string;
            issues?: reporting["schemas"]["Issue"][];
            /** @description How often it may still be tried, where tries are counted. */
            triesLeft?: number;
            /**
             * Format: date-time
             * @description When it opens again by itself.
             */
            lockedUntil?: string;
        };
        /** @description One place in the input that breaks a rule. */
        Issue: {
            /** Format: uri */
            type: string;
            title: string;
            code: reporting["schemas"]["RefusalCode"];
            /** @description What to do, in the language of `Accept-Language`. */
            detail: string;
            /** @enum {string} */
            in: "body" | "header" | "path" | "query";
            /** @example themes[0] */
            name?: string;
            /** @description What was sent, unless it is free text. */
            value?: unknown;
        };
        /**
         * @description Which refusal it is, for programs: codes come, and are never renamed.
         * @enum {string}
         */
        RefusalCode: "addressNeedsUuid" | "addressUnknown" | "adultsOfReachOnly" | "answerTooLargeToKeep" | "beginsLikeFormula" | "blank" | "bodyNotJson" | "bodyTooLarge" | "bodyTooManyNames" | "channelNeedsAddress" | "channelNeedsEmail" | "channelNeedsPhone" | "claimMalformed" | "claimNotText" | "cursorOfOtherQuestion" | "cursorTooOld" | "cursorUnreadable" | "dataKeyMissing" | "databaseAway" | "dayOutOfRange" | "deadLetterNotFound" | "digipuntElsewhere" | "digipuntNotFound" | "dimensionTwice" | "documentTooSlow" | "documentsNotPossible" | "drawingTooSlow" | "endsBeforeItBegins" | "figuresBeingPrepared" | "figuresBeingRebuilt" | "filterRetired" | "giveOnce" | "halfMissing" | "halfOfYear" | "halfUnknown" | "headersTooLarge" | "idTaken" | "idempotencyKeyReused" | "idempotencyKeyUnusable" | "ifMatchUnreadable" | "internalError" | "invalidInput" | "invalidValue" | "lengthBetween" | "methodNotAllowed" | "municipalityMissing" | "municipalityNotFound" | "noMunicipality" | "notAChoice" | "notAMonth" | "notBoolean" | "notDay" | "notEmail" | "notHttp" | "notInRange" | "notInRefData" | "notList" | "notMoment" | "notNis" | "notNumber" | "notObject" | "notPhone" | "notPostalCode" | "notText" | "notUuid" | "notWholeNumber" | "null" | "otherDigipunt" | "otherMunicipality" | "peopleByDay" | "periodNotBegun" | "personNotFound" | "personalDataBankCard" | "personalDataBirthDate" | "personalDataEmail" | "personalDataIban" | "personalDataNationalNumber" | "personalDataPassword" | "personalDataPhone" | "publicReportsNotYet" | "queryBlank" | "queryHoldsNul" | "queryTooManyParts" | "queryUnreadable" | "recognisedByPlaceAndTime" | "refDataListNotFound" | "reportFailed" | "reportFileNotMade" | "reportInTheMaking" | "reportNotFound" | "requestTooSlow" | "required" | "residenceOrPlace" | "roleRequired" | "serviceAway" | "serviceBusy" | "serviceStopping" | "signInProviderAway" | "staleVersion" | "stepsGoUp" | "subscriptionNotFound" | "targetNotFound" | "themeWithMeasure" | "ticketGone" | "tokenExpired" | "tokenInvalid" | "tokenMissing" | "tokenTakenBack" | "tooLarge" | "tooLong" | "tooManyCells" | "tooManyClients" | "tooManyCounts" | "tooManyDays" | "tooManyDimensions" | "tooManyDocuments" | "tooManyDrawings" | "tooManyFacts" | "tooManyFilters" | "tooManyMonths" | "tooManyParts" | "tooManyRequests" | "tooManySignIns" | "tooManyWrites" | "tooMuchArriving" | "tooShort" | "tooSmall" | "twoTimes" | "unknownDimension" | "unknownExpectation" | "unknownField" | "unsupportedMediaType" | "urlTooLong" | "versionRequired" | "yearTooEarly";
        PartHealth: {
            /** @enum {string} */
            status: "UP" | "DOWN";
            /** @description What is not ready, in a sentence. */
            detail?: string;
        };
        Health: {
            /** @enum {string} */
            status: "UP" | "DEGRADED" | "DOWN";
            details?: {
                [key: string]: reporting["schemas"]["PartHealth"];
            };
        };
        Count: {
            code: string;
            count: number;
        };
        SeriesPart: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            count: number | null;
        };
        Bottleneck: {
            service: string;
            count: number;
            causes: reporting["schemas"]["Count"][];
            /** @description What came of these visits; not by residence. */
            outcomes?: reporting["schemas"]["Count"][];
            /** @description How often and why most, in the language asked. */
            sentence: string;
            /**
             * @description b: the code of the service is retired, so its series has a break.
             * @enum {string}
             */
            status: "A" | "b";
            /** @description The twelve calendar months that end with that of `to`. */
            trend: reporting["schemas"]["SeriesPart"][];
        };
        Position: {
            position: number;
            /** Format: date-time */
            time: string | null;
        };
        AsOf: {
            visits: reporting["schemas"]["Position"];
            loans: reporting["schemas"]["Position"];
        };
        Bottlenecks: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            /** @description What is counted. */
            definition: string;
            items: reporting["schemas"]["Bottleneck"][];
            total: number;
            asOf: reporting["schemas"]["AsOf"];
        };
        Ticket: {
            /** @description Open it within a minute; a second time it is not there. */
            href: string;
            /** Format: date-time */
            expiresAt: string;
        };
        JournalPage: {
            /** Format: uuid */
            epoch: string;
            position: number;
            items: {
                [key: string]: unknown;
            }[];
        };
        Me: {
            subject: string;
            roles: ("coordinator" | "desk" | "helper" | "ops" | "policy" | "service")[];
            /** @description NIS codes of own municipalities. */
            municipalities: string[];
            /** @description Ids of own digipunts. */
            digipunts: string[];
            /** @description The paired laptop that the token is of. */
            laptop: string | null;
            /** @description Who signed in on it, as an id. */
            helper: string | null;
            /**
             * Format: date-time
             * @description Until when the token is valid.
             */
            expiresAt: string;
            /**
             * Format: date-time
             * @description What time it is here, for a client whose clock is off.
             */
            serverTime: string;
        };
        Items: {
            items: {
                [key: string]: unknown;
            }[];
        };
        RetryParked: {
            /** @default null */
            subject: string | null;
        };
        Retried: {
            applied: number;
            left: number;
        };
        DropParked: {
            reason: string;
        };
        AnswerCell: {
            value: number | null;
            status: string;
            municipality?: string;
            digipunt?: string;
            day?: string;
            month?: string;
            quarter?: string;
            halfYear?: string;
            year?: string;
            theme?: string;
            help?: string;
            outcome?: string;
            selfReliance?: string;
            place?: string;
            contact?: string;
            ageBand?: string;
            situation?: string;
            device?: string;
            referredFrom?: string;
            referredTo?: string;
            residence?: string;
            onlineService?: string;
            bottleneckCause?: string;
        };
        Figure: {
            value: number | null;
            status: string;
        };
        Totals: {
            /** @description Of the first dimension. */
            row: reporting["schemas"]["AnswerCell"][];
            /** @description Of the second dimension. */
            column: reporting["schemas"]["AnswerCell"][];
            all: reporting["schemas"]["Figure"];
        };
        QuestionAnswer: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            municipalities: string[];
            filters: {
                [key: string]: string[];
            };
            measure: string;
            definition: string;
            by: string[];
            cells: reporting["schemas"]["AnswerCell"][];
            totals: reporting["schemas"]["Totals"];
            /** @description Whether the cells along a dimension add up to the total. */
            additive: {
                [key: string]: boolean;
            };
            asOf: reporting["schemas"]["AsOf"];
            /** @description The cursor of the next page, if there is one. */
            next: string | null;
        };
        Bounds: {
            atLeast: number;
            atMost: number;
        };
        ReachSoFar: {
            atLeast: number;
            atMost: number;
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
        };
        ReachAnswer: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            atLeast: number | null;
            atMost: number | null;
            /** @description `x` where visits were never there, else `A`. */
            status: string;
            under18: (Record<string, never> | null) | reporting["schemas"]["Bounds"];
            adults: (Record<string, never> | null) | reporting["schemas"]["Bounds"];
            definition: string;
            /** @description How it grew. */
            months: reporting["schemas"]["ReachSoFar"][];
            asOf: reporting["schemas"]["AsOf"];
        };
        Rebuild: {
            /** @default null */
            source: string | null;
        };
        Labels: {
            nl: string;
            fr: string;
            en: string;
        };
        Code: {
            code: string;
            labels: reporting["schemas"]["Labels"];
            retired: boolean;
        };
        ReferenceList: {
            name: string;
            items: reporting["schemas"]["Code"][];
        };
        ReferenceLists: {
            items: reporting["schemas"]["ReferenceList"][];
        };
        ReferralsAnswer: {
            in: reporting["schemas"]["Count"][];
            out: reporting["schemas"]["Count"][];
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            asOf: reporting["schemas"]["AsOf"];
        };
        ReportPost: {
            /** @enum {string} */
            kind: "halfYear" | "year";
            year: number;
            /**
             * @description Of a half-year: 1 or 2. Left out of a year.
             * @enum {integer|null}
             */
            half?: 1 | 2 | null;
            /** @description All of your own when left out. */
            municipalities?: string[];
            /**
             * @default nl
             * @enum {string}
             */
            language: "nl" | "fr" | "en";
        };
        Files: {
            pdf: string;
            xlsx: string;
            csv: string;
        };
        Failure: {
            code: string;
            detail: string;
        };
        ReportState: {
            /** Format: uuid */
            id: string;
            kind: string;
            year: number;
            half: number | null;
            municipalities: string[];
            language: string;
            /** @enum {string} */
            state: "making" | "made" | "failed";
            /** @description From 0 to 1. */
            progress: number;
            /** @description Each is there once it is made. */
            files: reporting["schemas"]["Files"];
            asOf: reporting["schemas"]["AsOf"];
            /** @description The figures were being rebuilt; the report is of those that answered meanwhile. */
            rebuilding: boolean;
            /** Format: date-time */
            madeAt: string | null;
            failure?: reporting["schemas"]["Failure"];
        };
        Series: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            measure: string;
            by: string;
            items: reporting["schemas"]["SeriesPart"][];
            /** @description `x` where visits were never there, and no part has a number; else `A`. */
            status: string;
            asOf: reporting["schemas"]["AsOf"];
        };
        Rebuilding: {
            /** @description Up to where it has come. */
            position: number;
            /** @description Why it began again, if an alarm stopped it. */
            reason: string | null;
        };
        Subscription: {
            source: string;
            /**
             * @description waiting: the owner of the journal is away, or was never there.
             * @enum {string}
             */
            state: "starting" | "following" | "waiting" | "stopped";
            /** @description Why it stopped, and the way out. */
            reason: string | null;
            connected: boolean;
            /** Format: uuid */
            epoch: string | null;
            position: number;
            /** @description The last position of the journal; null while its owner has been silent for a minute. */
            head: number | null;
            /** @description Events that are not applied yet; null when the head is not known. */
            lag: number | null;
            /** @description Dead letters. */
            parked: number;
            /** Format: date-time */
            eventTime: string | null;
            /** Format: date-time */
            headSeenAt: string | null;
            rebuilding: (Record<string, never> | null) | reporting["schemas"]["Rebuilding"];
        };
        Status: {
            items: reporting["schemas"]["Subscription"][];
        };
        NewPeople: {
            value: number;
            /** @description Contacts of which nobody asked. */
            notAsked: number;
            contacts: number;
            definition: string;
        };
        People: {
            recognised: number;
            recognisedDefinition: string;
            newPeople: reporting["schemas"]["NewPeople"];
            /** @description The new people of a part of one year from 1 January on. Null where it cannot be known. */
            estimated: number | null;
            /** @description What `estimated` means here. */
            definition: string;
        };
        Minutes: {
            total: number;
            contacts: number;
        };
        SelfReliance: {
            answers: reporting["schemas"]["Count"][];
            asked: number;
            /** @description Of those asked, the part that feels more self-reliant (yes, aLittle). Null when fewer than 20 were. */
            share: number | null;
            definition: string;
        };
        Referrals: {
            in: reporting["schemas"]["Count"][];
            out: reporting["schemas"]["Count"][];
        };
        BottleneckCount: {
            service: string;
            cause: string;
            count: number;
        };
        Completing: {
            count: number;
            definition: string;
        };
        Completeness: {
            registeredLate: reporting["schemas"]["Completing"];
            corrected: reporting["schemas"]["Completing"];
            voided: reporting["schemas"]["Completing"];
        };
        DigipuntCount: {
            /** Format: uuid */
            id: string;
            name: string;
            municipality: string;
            state: string;
            contacts: number | null;
            status: string;
        };
        Audiences: {
            visitors: number;
            helpers: number;
            partners: number;
            others: number;
        };
        KindCount: {
            code: string;
            count: number;
            present: number;
        };
        Sessions: {
            planned: number;
            held: number;
            cancelled: number;
            /** @description Of the sessions that were held. */
            seats: number;
            /** @description Confirmed seats. */
            registered: number;
            present: number;
            walkIn: number;
            /** @description Of `present`; never to be added to contacts. */
            audiences: reporting["schemas"]["Audiences"];
            kinds: reporting["schemas"]["KindCount"][];
            ageBands: reporting["schemas"]["Count"][];
        };
        LoanRequests: {
            made: number;
            /** @description Includes those that are ready. */
            waiting: number;
            refused: number;
        };
        LendingByKind: {
            handedOver: number;
            returned: number;
            lost: number;
            out: number;
            /** @description Of those out, by the due date as it is known now. */
            overdue: number;
            /** @description Days of all devices together. */
            daysOnLoan: number;
            /** @description How long the returned ones were out. Null when none came back. */
            meanDays: number | null;
            /** @description Owned at the end. */
            devices: number;
            /** @description The part of the days on which devices were owned that they were on loan. Null without devices. */
            use: number | null;
            code: string;
        };
        LendingByDigipunt: {
            handedOver: number;
            returned: number;
            lost: number;
            out: number;
            /** @description Of those out, by the due date as it is known now. */
            overdue: number;
            /** @description Days of all devices together. */
            daysOnLoan: number;
            /** @description How long the returned ones were out. Null when none came back. */
            meanDays: number | null;
            /** @description Owned at the end. */
            devices: number;
            /** @description The part of the days on which devices were owned that they were on loan. Null without devices. */
            use: number | null;
            /** Format: uuid */
            id: string;
            name: string | null;
        };
        Loans: {
            handedOver: number;
            returned: number;
            lost: number;
            out: number;
            /** @description Of those out, by the due date as it is known now. */
            overdue: number;
            /** @description Days of all devices together. */
            daysOnLoan: number;
            /** @description How long the returned ones were out. Null when none came back. */
            meanDays: number | null;
            /** @description Owned at the end. */
            devices: number;
            /** @description The part of the days on which devices were owned that they were on loan. Null without devices. */
            use: number | null;
            /** @description Loans that began in the period. */
            loans: number;
            requests: reporting["schemas"]["LoanRequests"];
            kinds: reporting["schemas"]["LendingByKind"][];
            digipunts: reporting["schemas"]["LendingByDigipunt"][];
        };
        Satisfaction: {
            count: number;
            mean: number | null;
        };
        Feedback: {
            count: number;
            satisfaction: reporting["schemas"]["Satisfaction"];
            wouldReturn: reporting["schemas"]["Count"][];
            selfReliance: reporting["schemas"]["Count"][];
        };
        FollowUps: {
            planned: number;
            done: number;
        };
        Figures: {
            contact: reporting["schemas"]["Count"][] | null;
            themes: reporting["schemas"]["Count"][] | null;
            help: reporting["schemas"]["Count"][] | null;
            outcomes: reporting["schemas"]["Count"][] | null;
            places: reporting["schemas"]["Count"][] | null;
            ageBands: reporting["schemas"]["Count"][] | null;
            situations: reporting["schemas"]["Count"][] | null;
            devices: reporting["schemas"]["Count"][] | null;
            residences: reporting["schemas"]["Count"][] | null;
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            contacts: number | null;
            /** @description What a contact is. */
            definition: string;
            people: (Record<string, never> | null) | reporting["schemas"]["People"];
            minutes: (Record<string, never> | null) | reporting["schemas"]["Minutes"];
            /** @description Why themes do not add up to contacts. */
            themesDefinition: string | null;
            selfReliance: (Record<string, never> | null) | reporting["schemas"]["SelfReliance"];
            referrals: (Record<string, never> | null) | reporting["schemas"]["Referrals"];
            bottlenecks: reporting["schemas"]["BottleneckCount"][] | null;
            /** @description Null while the figures are being made anew after an upgrade. */
            completeness: reporting["schemas"]["Completeness"] | (Record<string, never> | null);
            digipunts?: reporting["schemas"]["DigipuntCount"][] | null;
            sessions?: (Record<string, never> | null) | reporting["schemas"]["Sessions"];
            /** @description Null where lending was never there; not by residence. */
            loans?: reporting["schemas"]["Loans"] | (Record<string, never> | null);
            feedback?: (Record<string, never> | null) | reporting["schemas"]["Feedback"];
            followUps?: (Record<string, never> | null) | reporting["schemas"]["FollowUps"];
        };
        Summary: {
            contact: reporting["schemas"]["Count"][] | null;
            themes: reporting["schemas"]["Count"][] | null;
            help: reporting["schemas"]["Count"][] | null;
            outcomes: reporting["schemas"]["Count"][] | null;
            places: reporting["schemas"]["Count"][] | null;
            ageBands: reporting["schemas"]["Count"][] | null;
            situations: reporting["schemas"]["Count"][] | null;
            devices: reporting["schemas"]["Count"][] | null;
            residences: reporting["schemas"]["Count"][] | null;
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            contacts: number | null;
            /** @description What a contact is. */
            definition: string;
            people: (Record<string, never> | null) | reporting["schemas"]["People"];
            minutes: (Record<string, never> | null) | reporting["schemas"]["Minutes"];
            /** @description Why themes do not add up to contacts. */
            themesDefinition: string | null;
            selfReliance: (Record<string, never> | null) | reporting["schemas"]["SelfReliance"];
            referrals: (Record<string, never> | null) | reporting["schemas"]["Referrals"];
            bottlenecks: reporting["schemas"]["BottleneckCount"][] | null;
            /** @description Null while the figures are being made anew after an upgrade. */
            completeness: reporting["schemas"]["Completeness"] | (Record<string, never> | null);
            digipunts?: reporting["schemas"]["DigipuntCount"][] | null;
            sessions?: (Record<string, never> | null) | reporting["schemas"]["Sessions"];
            /** @description Null where lending was never there; not by residence. */
            loans?: reporting["schemas"]["Loans"] | (Record<string, never> | null);
            feedback?: (Record<string, never> | null) | reporting["schemas"]["Feedback"];
            followUps?: (Record<string, never> | null) | reporting["schemas"]["FollowUps"];
            /** @description `x` where visits were never there, else `A`. */
            status: string;
            municipalities: string[];
            compared?: reporting["schemas"]["Figures"];
            asOf: reporting["schemas"]["AsOf"];
        };
        StepProgress: {
            value: number;
            /**
             * @description reached: certainly. maybe: between the bounds.
             * @enum {string}
             */
            state: "reached" | "maybe" | "notReached";
            /** @description Until it is certainly reached. */
            missing: number;
            sentence: string;
        };
        Progress: {
            atLeast: number;
            atMost: number;
            definition: string;
            steps: reporting["schemas"]["StepProgress"][];
        };
        Target: {
            /** Format: uuid */
            id: string;
            name: string;
            /**
             * @description A code of refData/targetMeasure.
             * @enum {string}
             */
            measure: "contacts" | "loans" | "newPeople" | "reach" | "sessions";
            /**
             * @description A code of refData/targetAudience.
             * @enum {string}
             */
            audience: "adults" | "all";
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            municipalities: string[];
            steps: number[];
            progress: reporting["schemas"]["Progress"];
            /** @description For `If-Match`. */
            etag: string;
        };
        Targets: {
            items: reporting["schemas"]["Target"][];
            total: number;
            asOf: reporting["schemas"]["AsOf"];
        };
        TargetPut: {
            /** @description What people call it, such as “Subsidie digibanken”. */
            name: string;
            /**
             * @description A code of refData/targetMeasure.
             * @enum {string}
             */
            measure: "contacts" | "loans" | "newPeople" | "reach" | "sessions";
            /**
             * @description Adults only for the reach.
             * @default all
             * @enum {string}
             */
            audience: "adults" | "all";
            /**
             * Format: date
             * @description First day, in Europe/Brussels.
             */
            from: string;
            /**
             * Format: date
             * @description Last day; belongs to it.
             */
            to: string;
            /** @description Points in these municipalities together; all of your own when empty. */
            municipalities?: string[];
            /** @description Each higher than the one before. */
            steps: number[];
        };
        TrailEntry: {
            /** Format: date-time */
            at: string;
            /** @description The subject of the token. */
            who: string;
            role?: string;
            /** @description The code of the helper who was signed in. */
            helper?: string;
            /** @description The id of the laptop. */
            laptop?: string;
            /** @enum {string} */
            what: "saw" | "added" | "changed" | "exported" | "erased" | "aged";
            /** @description Which data, such as `borrower`. */
            kind: string;
            /** @description The id of whom it was about. */
            person?: string;
            municipality?: string;
            /** @description Why, where that is asked. */
            reason?: string;
            /** @description How many of this kind. */
            count: number;
            /** @description Its place in the chain; none for a few seconds. */
            number?: number;
        };
        TrailCheck: {
            whole: boolean;
            /** @description The number that the chain begins with. */
            first: number;
            /** @description Its last number. */
            last: number;
            /** @description The link of the last one: who wrote it down sees later that nothing before was changed. */
            link: string;
            /** @description The first number that is not as it was. */
            broken?: number;
            /** @description New entries without a number. */
            waiting: number;
        };
    };
}

export interface desk {
    schemas: {
        /** @description What went wrong (RFC 9457, BelGIF REST guide). */
        Problem: {
            /**
             * Format: uri
             * @example urn:problem-type:belgif:badRequest
             */
            type: string;
            title: string;
            status: number;
            code: desk["schemas"]["RefusalCode"];
            /** @description What to do, in the language of `Accept-Language`. */
            detail: string;
            /** Format: uri */
            href?: string;
            /** @description The trace id of this request, as a URN. */
            instance?: string;
            issues?: desk["schemas"]["Issue"][];
            /** @description How often it may still be tried, where tries are counted. */
            triesLeft?: number;
            /**
             * Format: date-time
             * @description When it opens again by itself.
             */
            lockedUntil?: string;
        };
        /** @description One place in the input that breaks a rule. */
        Issue: {
            /** Format: uri */
            type: string;
            title: string;
            code: desk["schemas"]["RefusalCode"];
            /** @description What to do, in the language of `Accept-Language`. */
            detail: string;
            /** @enum {string} */
            in: "body" | "header" | "path" | "query";
            /** @example themes[0] */
            name?: string;
            /** @description What was sent, unless it is free text. */
            value?: unknown;
        };
        /**
         * @description Which refusal it is, for programs: codes come, and are never renamed.
         * @enum {string}
         */
        RefusalCode: "addressNeedsUuid" | "addressUnknown" | "answerTooLargeToKeep" | "beginsLikeFormula" | "blank" | "bodyNotJson" | "bodyTooLarge" | "bodyTooManyNames" | "channelNeedsAddress" | "channelNeedsEmail" | "channelNeedsPhone" | "claimMalformed" | "claimNotText" | "dataKeyMissing" | "databaseAway" | "dayOutOfRange" | "deadLetterNotFound" | "digipuntElsewhere" | "digipuntNotFound" | "documentTooSlow" | "documentsNotPossible" | "drawingTooSlow" | "endsBeforeItBegins" | "giveOnce" | "headersTooLarge" | "helperElsewhere" | "helperLocked" | "helperNotFound" | "idTaken" | "idempotencyKeyReused" | "idempotencyKeyUnusable" | "ifMatchUnreadable" | "internalError" | "invalidInput" | "invalidValue" | "laptopLocked" | "laptopNotFound" | "laptopOnly" | "laptopTakenBack" | "lengthBetween" | "methodNotAllowed" | "municipalityMissing" | "municipalityNotFound" | "noMunicipality" | "notAChoice" | "notBoolean" | "notDay" | "notEmail" | "notHttp" | "notInRange" | "notInRefData" | "notList" | "notMoment" | "notNis" | "notNumber" | "notObject" | "notPairingCode" | "notPhone" | "notPin" | "notPostalCode" | "notText" | "notUuid" | "notWholeNumber" | "null" | "otherDigipunt" | "otherMunicipality" | "pairingCodeWrong" | "personNotFound" | "personalDataBankCard" | "personalDataBirthDate" | "personalDataEmail" | "personalDataIban" | "personalDataNationalNumber" | "personalDataPassword" | "personalDataPhone" | "pinChangedMeanwhile" | "pinNotSet" | "pinOfSomebodyElse" | "pinTooEasy" | "pinWrong" | "queryBlank" | "queryHoldsNul" | "queryTooManyParts" | "queryUnreadable" | "refDataListNotFound" | "requestTooSlow" | "required" | "roleRequired" | "serviceAway" | "serviceBusy" | "serviceStopping" | "sessionEnded" | "sessionOnly" | "signInLinkUsed" | "signInProviderAway" | "staleVersion" | "subscriptionNotFound" | "ticketGone" | "tokenExpired" | "tokenInvalid" | "tokenMissing" | "tokenTakenBack" | "tooLarge" | "tooLong" | "tooManyClients" | "tooManyDocuments" | "tooManyDrawings" | "tooManyRequests" | "tooManySignIns" | "tooManyWrites" | "tooManyWrongPairingCodes" | "tooMuchArriving" | "tooShort" | "tooSmall" | "unknownExpectation" | "unknownField" | "unsupportedMediaType" | "urlTooLong" | "versionRequired";
        PartHealth: {
            /** @enum {string} */
            status: "UP" | "DOWN";
            /** @description What is not ready, in a sentence. */
            detail?: string;
        };
        Health: {
            /** @enum {string} */
            status: "UP" | "DEGRADED" | "DOWN";
            details?: {
                [key: string]: desk["schemas"]["PartHealth"];
            };
        };
        Provider: {
            issuer: string;
            /** @description What the issuer calls this desk. */
            client: string;
            scope: string;
            /** @description What tokens are asked for (RFC 8707). */
            resource: string | null;
        };
        About: {
            deployment: string;
            /** @description Whether the data is made up. */
            synthetic: boolean;
            /** @description The release. */
            version: string;
            /** @description What answers at this address; null where an edge knows better. */
            services: string[] | null;
            /** @description How far the demo is with being filled, from 0 to 1. */
            filled: number;
            /** @description Where people sign in for themselves; null where they do with a link. */
            signIn: desk["schemas"]["Provider"] | (Record<string, never> | null);
        };
        JournalPage: {
            /** Format: uuid */
            epoch: string;
            position: number;
            items: {
                [key: string]: unknown;
            }[];
        };
        Helper: {
            /**
             * Format: uuid
             * @description The helper's id.
             */
            id: string;
            name: string;
            /** @description Under which their visits are recorded. */
            code: string;
            hasPin: boolean;
            /** @description Where they help, in own municipalities. */
            digipunts?: string[];
            /** @description Whether too many PINs were wrong. */
            locked?: boolean;
            /** @description Also the ETag. */
            version?: number;
        };
        HelperPut: {
            /** @description What people at the desk call them; a first name suffices. */
            name: string;
            /** @description Where they help; those in other municipalities stay as they are. */
            digipunts: string[];
            /** @description Where those are that this service does not know yet. */
            municipality?: string;
        };
        PinPost: {
            /**
             * Format: password
             * @description Four digits.
             */
            pin: string;
        };
        Laptop: {
            /**
             * Format: uuid
             * @description The laptop's id.
             */
            id: string;
            name: string;
            /**
             * Format: uuid
             * @description Where it stands.
             */
            digipunt: string;
            /** @description Whether too many PINs were wrong on it. */
            locked: boolean;
            /** @description Where it stands. */
            municipality: string;
            /** @description For the first day: two digits that it shows. */
            check: string | null;
            /** Format: date-time */
            pairedAt: string;
            /** Format: date-time */
            lastSeenAt: string | null;
            waiting: number | null;
            parked: number | null;
            /** @description Of the app it runs. */
            version: string | null;
            /** @description How much room its browser has and whether it keeps it: a word, or flags and numbers by name. */
            storage?: unknown;
            browser: string | null;
            /** @description For `If-Match`. */
            etag: string;
        };
        LaptopPost: {
            code: string;
            /** @description What people at the digipunt call it, such as “laptop 2”. */
            name: string;
        };
        PairedLaptop: {
            /**
             * Format: uuid
             * @description The laptop's id.
             */
            id: string;
            name: string;
            /**
             * Format: uuid
             * @description Where it stands.
             */
            digipunt: string;
            /** @description Where that is. */
            municipality: string;
            /** @description Of role `desk`, accepted by every service. */
            token: string;
            /**
             * Format: date-time
             * @description Of the token: in an hour.
             */
            expiresAt: string;
            /** @description Renews the token for as long as it is paired. */
            secret: string;
            /** @description Two digits that the coordinator sees too. */
            check: string;
        };
        LaptopPatch: {
            /** @description What people at the digipunt call it. */
            name?: string;
            /**
             * @description `false` opens it after too many wrong PINs.
             * @enum {boolean}
             */
            locked?: false;
        };
        Heartbeat: {
            /** @description What waits to be sent. */
            waiting: number;
            /** @description What was refused and waits for somebody to look at it. */
            parked: number;
            /** @description Of the app it runs. */
            version: string;
            /** @description How much room its browser has and whether it keeps it: a word, or flags and numbers by name. */
            storage?: unknown;
            /** @description Such as “Firefox 140”. */
            browser?: string | null;
        };
        OwnLaptop: {
            /**
             * Format: uuid
             * @description The laptop's id.
             */
            id: string;
            name: string;
            /**
             * Format: uuid
             * @description Where it stands.
             */
            digipunt: string;
            /** @description Whether too many PINs were wrong on it. */
            locked: boolean;
            /** @description Where visits has published it. */
            digipuntName: string | null;
            /** @description Of the digipunt. */
            phone: string | null;
        };
        SecretPost: {
            /** @description As it was told when the laptop was paired. */
            secret: string;
        };
        Token: {
            token: string;
            /** Format: date-time */
            expiresAt: string;
        };
        Me: {
            subject: string;
            roles: ("coordinator" | "desk" | "helper" | "ops" | "policy" | "service")[];
            /** @description NIS codes of own municipalities. */
            municipalities: string[];
            /** @description Ids of own digipunts. */
            digipunts: string[];
            /** @description The paired laptop that the token is of. */
            laptop: string | null;
            /** @description Who signed in on it, as an id. */
            helper: string | null;
            /**
             * Format: date-time
             * @description Until when the token is valid.
             */
            expiresAt: string;
            /**
             * Format: date-time
             * @description What time it is here, for a client whose clock is off.
             */
            serverTime: string;
        };
        PairingPost: {
            /**
             * Format: uuid
             * @description Where it stands.
             */
            digipunt: string;
            /** @description Where that is; needed when this service does not know the digipunt yet. */
            municipality?: string;
        };
        Pairing: {
            /**
             * Format: uuid
             * @description The id of the pairing.
             */
            id: string;
            /** @description Six digits, told this once. */
            code: string;
            /**
             * Format: date-time
             * @description Ten minutes from now.
             */
            expiresAt: string;
            /**
             * Format: uuid
             * @description Where the laptop will stand.
             */
            digipunt: string;
        };
        Items: {
            items: {
                [key: string]: unknown;
            }[];
        };
        RetryParked: {
            /** @default null */
            subject: string | null;
        };
        Retried: {
            applied: number;
            left: number;
        };
        DropParked: {
            reason: string;
        };
        Why: {
            /**
             * @description They asked for it, it is not needed any more, or it was entered by mistake.
             * @default asked
             * @enum {string}
             */
            reason: "asked" | "notNeeded" | "mistake";
        };
        Step: {
            /** Format: date-time */
            at: string;
            kind: string;
            count: number;
            reason?: string;
        };
        ErasureAnswer: {
            person: string;
            service: string;
            steps: desk["schemas"]["Step"][];
            /** @description The services that hear of it from this one, and answer for themselves. */
            waitsFor?: string[];
            /** @description Here and true when the person is still kept for another municipality, which erases for itself. */
            staysElsewhere?: boolean;
        };
        KeptAnswer: {
            /** @description Which, such as `borrower`, `loan` or `message`. */
            kind: string;
            municipality?: string;
            /** @description All of it, as its own route shows it. */
            data: {
                [key: string]: unknown;
            };
            /** @description Documents, each with `name`, `type` and `base64`. */
            files?: {
                [key: string]: unknown;
            }[];
        };
        PersonAnswer: {
            person: string;
            service: string;
            kept: desk["schemas"]["KeptAnswer"][];
        };
        Rebuild: {
            /** @default null */
            source: string | null;
        };
        Labels: {
            nl: string;
            fr: string;
            en: string;
        };
        Code: {
            code: string;
            labels: desk["schemas"]["Labels"];
            retired: boolean;
        };
        ReferenceList: {
            name: string;
            items: desk["schemas"]["Code"][];
        };
        ReferenceLists: {
            items: desk["schemas"]["ReferenceList"][];
        };
        KeptFor: {
            borrowers: number;
            contacts: number;
            texts: number;
            trail: number;
        };
        DueAnswer: {
            /** @description `borrowers`, `contacts`, `notes` or `trail`. */
            what: string;
            count: number;
            /**
             * Format: date
             * @description It is from before this day.
             */
            before: string;
        };
        RetentionAnswer: {
            months: desk["schemas"]["KeptFor"];
            due: desk["schemas"]["DueAnswer"][];
        };
        SessionPost: {
            /**
             * Format: uuid
             * @description Who signs in.
             */
            helper: string;
            /**
             * Format: password
             * @description Four digits.
             */
            pin: string;
        };
        Session: {
            /** @description Of role `helper`, for ten minutes. */
            token: string;
            /** Format: date-time */
            expiresAt: string;
            name: string;
            code: string;
        };
        RenewedSession: {
            /** @description Of role `helper`, for ten minutes. */
            token: string;
            /** Format: date-time */
            expiresAt: string;
        };
        SignInPost: {
            /** @description What stands behind `#signIn=`. */
            code: string;
        };
        SignedIn: {
            token: string;
            /** Format: date-time */
            expiresAt: string;
            roles: ("coordinator" | "policy" | "ops")[];
            /** @description NIS codes of own municipalities. */
            municipalities: string[];
        };
        Rebuilding: {
            /** @description Up to where it has come. */
            position: number;
            /** @description Why it began again, if an alarm stopped it. */
            reason: string | null;
        };
        Subscription: {
            source: string;
            /**
             * @description waiting: the owner of the journal is away, or was never there.
             * @enum {string}
             */
            state: "starting" | "following" | "waiting" | "stopped";
            /** @description Why it stopped, and the way out. */
            reason: string | null;
            connected: boolean;
            /** Format: uuid */
            epoch: string | null;
            position: number;
            /** @description The last position of the journal; null while its owner has been silent for a minute. */
            head: number | null;
            /** @description Events that are not applied yet; null when the head is not known. */
            lag: number | null;
            /** @description Dead letters. */
            parked: number;
            /** Format: date-time */
            eventTime: string | null;
            /** Format: date-time */
            headSeenAt: string | null;
            rebuilding: (Record<string, never> | null) | desk["schemas"]["Rebuilding"];
        };
        Status: {
            items: desk["schemas"]["Subscription"][];
        };
        TrailEntry: {
            /** Format: date-time */
            at: string;
            /** @description The subject of the token. */
            who: string;
            role?: string;
            /** @description The code of the helper who was signed in. */
            helper?: string;
            /** @description The id of the laptop. */
            laptop?: string;
            /** @enum {string} */
            what: "saw" | "added" | "changed" | "exported" | "erased" | "aged";
            /** @description Which data, such as `borrower`. */
            kind: string;
            /** @description The id of whom it was about. */
            person?: string;
            municipality?: string;
            /** @description Why, where that is asked. */
            reason?: string;
            /** @description How many of this kind. */
            count: number;
            /** @description Its place in the chain; none for a few seconds. */
            number?: number;
        };
        TrailCheck: {
            whole: boolean;
            /** @description The number that the chain begins with. */
            first: number;
            /** @description Its last number. */
            last: number;
            /** @description The link of the last one: who wrote it down sees later that nothing before was changed. */
            link: string;
            /** @description The first number that is not as it was. */
            broken?: number;
            /** @description New entries without a number. */
            waiting: number;
        };
    };
}

import { z } from 'zod'
import { DeterminationAnswer, NotInForce, Outcome, Subject } from './determination.js'

const Id = z.string().meta({ description: 'Id of an entry of the ledger' })
const RecordedAt = z.string().meta({ description: 'Instant in UTC with milliseconds' })
const Base64Hash = z.string().meta({ description: 'SHA-256 in base64' })

/** Spaces alone say nothing. */
export const VISIBLE = /\S/

/** What a decision request has beside the determination request. */
export const DecisionTerms = z.strictObject({
  caseReference: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .meta({ description: 'The case in your own system; opaque, never a name or identity number' }),
  purpose: z.string().max(200).regex(VISIBLE).meta({ description: 'Why the facts are processed' }),
  legalBasis: z.string().max(64).optional().meta({ description: 'Such as PIPL 13(3)' }),
})
export type DecisionTerms = Readonly<z.infer<typeof DecisionTerms>>

/** Signed at once: proves that the entry was promised a place in the log. */
export const Receipt = z
  .strictObject({
    id: Id,
    leafHash: Base64Hash,
    recordedAt: RecordedAt,
    signature: z.string().meta({
      description:
        'Ed25519, base64, over huimin-receipt/1, id, leafHash and recordedAt, a line each',
    }),
    keyId: z.string().meta({ description: 'Which of the public keys signed' }),
  })
  .meta({ id: 'Receipt', description: 'The signed promise that an entry stands in the log' })
export type Receipt = Readonly<z.infer<typeof Receipt>>

/** One outcome of a decision, as kept for ever: no facts. */
export const DecidedOutcome = z
  .strictObject({
    programme: z.string(),
    subject: Subject,
    ruleVersion: z.string(),
    outcome: Outcome,
    clauses: z.array(z.string()),
  })
  .meta({ id: 'DecidedOutcome', description: 'One outcome of a decision, without facts' })
export type DecidedOutcome = Readonly<z.infer<typeof DecidedOutcome>>

/** A rule version that a decision was made under, and why that one. */
const UsedVersion = z.strictObject({
  ruleVersion: z.string(),
  ruleDigest: z.string(),
  because: z.string(),
  attested: z.boolean(),
})
export type UsedVersion = Readonly<z.infer<typeof UsedVersion>>

const common = {
  format: z.literal(1),
  id: Id,
  recordedAt: RecordedAt,
  office: z.string().nullable(),
  actor: z.string(),
}
const Digests = z.record(z.string(), z.string())

/** The part of a decision that is kept for ever. */
export const DecisionBody = z.strictObject({
  ...common,
  kind: z.literal('decision'),
  office: z.string(),
  ...DecisionTerms.shape,
  legalBasis: z.string().nullable(),
  asOf: z.string(),
  knownAt: z.string(),
  jurisdiction: z.string(),
  programmes: z.array(z.string()),
  rulebookDigest: z.string(),
  engineDigest: z.string(),
  versions: z.array(UsedVersion),
  /** Digests of what the facts and interpretations meant that the versions use. */
  meanings: z.strictObject({ facts: Digests, interpretations: Digests }),
  outcomes: z.array(DecidedOutcome),
  notInForce: z.array(NotInForce),
  factsCommitment: z.string(),
})
export type DecisionBody = Readonly<z.infer<typeof DecisionBody>>

export const ReviewTerms = z
  .strictObject({
    programme: z.string(),
    subject: Subject,
    outcome: Outcome,
    reason: z.string().max(2000).regex(VISIBLE),
  })
  .meta({ id: 'ReviewRequest', description: 'A person confirms or overrides an outcome' })
export type ReviewTerms = Readonly<z.infer<typeof ReviewTerms>>

/** A review as kept for ever: its reason is erasable, like facts. */
export const ReviewBody = z.strictObject({
  ...common,
  kind: z.literal('review'),
  decision: Id,
  programme: z.string(),
  subject: Subject,
  computed: Outcome,
  outcome: Outcome,
  factsCommitment: z.string(),
})
export type ReviewBody = Readonly<z.infer<typeof ReviewBody>>

/** That the facts of a decision and of its reviews were erased. */
export const ErasureBody = z.strictObject({
  ...common,
  kind: z.literal('erasure'),
  decision: Id,
})
export type ErasureBody = Readonly<z.infer<typeof ErasureBody>>

export const EntryBody = z.discriminatedUnion('kind', [DecisionBody, ReviewBody, ErasureBody])
export type EntryBody = z.infer<typeof EntryBody>

/** The erasable part of a decision: what was asked, and the answer as it was given. */
export interface DecisionFacts {
  readonly request: Readonly<Record<string, unknown>> & { readonly household: never }
  readonly determination: DeterminationAnswer
}

export const Review = z
  .strictObject({
    id: Id,
    recordedAt: RecordedAt,
    office: z.string().nullable(),
    actor: z.string(),
    decision: Id,
    programme: z.string(),
    subject: Subject,
    computed: Outcome,
    outcome: Outcome,
    reason: z.string().nullable().meta({ description: 'Null once the facts were erased' }),
    receipt: Receipt,
  })
  .meta({ id: 'Review', description: 'What a person said about a computed outcome' })
export type Review = Readonly<z.infer<typeof Review>>

export const Decision = z
  .strictObject({
    id: Id,
    recordedAt: RecordedAt,
    caseReference: z.string(),
    office: z.string(),
    actor: z.string(),
    purpose: z.string(),
    legalBasis: z.string().nullable(),
    outcomes: z.array(DecidedOutcome),
    determination: DeterminationAnswer.nullable().meta({
      description: 'As it was given, in full; null once the facts were erased',
    }),
    factsErasedAt: z.string().nullable(),
    reviews: z.array(Review),
    receipt: Receipt,
  })
  .meta({ id: 'Decision', description: 'A determination recorded in the ledger' })
export type Decision = Readonly<z.infer<typeof Decision>>

const anything = z.unknown().meta({ description: 'As the field has it; null where it has none' })

/** One field in which a replay differs from what was recorded. */
export const Difference = z
  .strictObject({
    programme: z.string().nullable().meta({ description: 'Null: the decision as a whole' }),
    subject: Subject.nullable(),
    field: z.string().meta({
      description:
        'outcome, amount, clauses, missing or a leaf’s; leafHash or factsCommitment of what was altered',
    }),
    recorded: anything,
    replayed: anything,
  })
  .meta({ id: 'Difference', description: 'One field in which a replay differs' })
export type Difference = Readonly<z.infer<typeof Difference>>

export const Replay = z
  .strictObject({
    reproduced: z.boolean(),
    differences: z.array(Difference),
    determination: DeterminationAnswer,
  })
  .meta({ id: 'Replay', description: 'A recorded decision determined again' })
export type Replay = Readonly<z.infer<typeof Replay>>

import { z } from 'zod'
import { CivilDate } from './civil-date.js'
import { Condition } from './condition.js'
import { Words } from './language.js'

export const FORCES = ['standard', 'duty', 'directive', 'exploratory', 'pending'] as const
export type Force = (typeof FORCES)[number]

export const EVIDENCE = ['official-text', 're-upload', 'press'] as const
export const CLAUSE_STATUSES = ['encoded', 'referral', 'target', 'excluded'] as const

const NO_ID = 'must be small letters, digits and hyphens'

/** One clause: where it stands, its operative phrase, and what became of it. */
export const Clause = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]*$/, NO_ID)
      .meta({ description: 'Clause id' }),
    document: z.string().meta({ description: 'Id of its source document' }),
    locator: z.string().meta({ description: 'Section path as printed' }),
    title: Words.meta({ description: 'Short name of the measure' }),
    quote: z
      .string()
      .nullable()
      .meta({ description: 'Operative phrase, verbatim; null when no phrase is on file' }),
    text: Words.meta({ description: 'What it says, in our own words' }),
    force: z.enum(FORCES).meta({ description: 'Strength of the clause' }),
    origin: z
      .enum(['seed', 'supplementary'])
      .meta({ description: 'Seed document or another instrument' }),
    evidence: z.enum(EVIDENCE).meta({ description: 'How good the copy is that was read' }),
    commencement: CivilDate.nullable().meta({
      description: 'Stated day the clause came into force',
    }),
    status: z.enum(CLAUSE_STATUSES).meta({ description: 'What became of the clause' }),
    why: Words.optional().meta({ description: 'Why it is not a rule' }),
    referral: z
      .strictObject({
        subject: z.enum(['household', 'member']),
        validFrom: CivilDate.nullable(),
        validTo: CivilDate.nullable(),
        jurisdiction: z.string(),
        group: Condition,
      })
      .optional()
      .meta({
        description: 'The group a discretionary clause names; its members are referred to it',
      }),
  })
  .meta({ id: 'Clause', description: 'A clause of a source document' })
export type Clause = Readonly<z.infer<typeof Clause>>

export const ClauseFile = z.strictObject({
  $schema: z.string().optional(),
  clauses: z.array(Clause),
})

/** A source document: one of the five, or another instrument that is cited. */
export const SourceDocument = z
  .strictObject({
    id: z.string(),
    title: Words,
    officialTitle: z.string().meta({ description: 'Title as printed' }),
    issuer: z.string(),
    number: z.string().nullable().meta({ description: 'Document number as printed' }),
    jurisdiction: z.string().meta({ description: 'GB/T 2260 code, or CN' }),
    origin: z.enum(['seed', 'supplementary']),
    signed: CivilDate.nullable(),
    published: CivilDate.nullable(),
    damage: z.array(Words).meta({ description: 'What is damaged or missing in the copy at hand' }),
    file: z.string().nullable().meta({ description: 'File name below SOURCES_DIR' }),
    sha256: z.string().nullable(),
  })
  .meta({ id: 'SourceDocument', description: 'A source document' })
export type SourceDocument = Readonly<z.infer<typeof SourceDocument>>

export const DocumentFile = z.strictObject({
  $schema: z.string().optional(),
  documents: z.array(SourceDocument),
})

/** A named choice where a text is silent. Its `zh`, `en` and reason are returned with the answer. */
export const Interpretation = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, NO_ID),
    zh: z.string().min(1),
    en: z.string().min(1),
    why: Words.meta({ description: 'Why this reading was chosen' }),
  })
  .meta({ id: 'Interpretation', description: 'A named choice where a text is silent' })
export type Interpretation = Readonly<z.infer<typeof Interpretation>>

export const InterpretationFile = z.strictObject({
  $schema: z.string().optional(),
  interpretations: z.array(Interpretation),
})

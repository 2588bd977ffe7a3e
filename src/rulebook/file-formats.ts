import { z } from 'zod'
import { CaseFile } from '../model/case.js'
import { CivilDate } from '../model/civil-date.js'
import { Clause, ClauseFile, DocumentFile, InterpretationFile } from '../model/clause.js'
import { Conflict, ConflictFile } from '../model/conflict.js'
import { EntitlementRule } from '../model/entitlement.js'
import { ENTITIES, Fact, FactDictionary } from '../model/fact.js'
import { LintWaiverFile } from '../model/lint-waiver.js'
import { Jurisdiction, Programme, REGION_CODE } from '../model/programme.js'
import { RuleVersion, Scorecard, ScorecardItem, VersionWarning } from '../model/rule-version.js'
import type { FileKind } from './read-layers.js'

const digests = z.record(
  z.string(),
  z.string().regex(/^sha256:[0-9a-f]{64}$/, 'is no digest sha256:<64 hex digits>'),
)

/** rules/rulebook.lock.json: what was published and what it rests on; never edited by hand. */
export const LockFile = z
  .strictObject({
    $schema: z.string().optional(),
    released: CivilDate.nullable().meta({
      description: 'Day of the first release; from then on nothing is rewritten',
    }),
    versions: digests.meta({ description: 'Published rule versions' }),
    programmes: z
      .record(z.string(), z.enum(ENTITIES))
      .meta({ description: 'Whom their programmes entitle' }),
    jurisdictions: z
      .record(z.string(), z.string().regex(REGION_CODE, 'is no GB/T 2260 code of six digits'))
      .meta({ description: 'The GB/T 2260 codes of the cities of these programmes' }),
    facts: digests.meta({ description: 'Meanings of the facts they use' }),
    interpretations: digests.meta({ description: 'Interpretations they use' }),
  })
  .meta({ id: 'LockFile', description: 'rules/rulebook.lock.json' })
export type LockFile = Readonly<z.infer<typeof LockFile>>

/** The whole format of each file, for editors. */
export const FILE_FORMATS = {
  jurisdiction: Jurisdiction,
  programme: Programme,
  version: RuleVersion,
  cases: CaseFile,
  facts: FactDictionary,
  interpretations: InterpretationFile,
  conflicts: ConflictFile,
  'lint-waivers': LintWaiverFile,
  clauses: ClauseFile,
  documents: DocumentFile,
  lock: LockFile,
} as const satisfies Record<FileKind, z.ZodType>

const any = z.unknown()
const referral = Clause.shape.referral.unwrap().extend({ group: any })
const [topUp, rate, fixed] = EntitlementRule.options
const entitlement = z.discriminatedUnion('kind', [
  topUp.extend({ standard: any, against: any, times: any }),
  rate,
  fixed.extend({ amount: any.default(null) }),
])

const { perYear } = ScorecardItem.shape
const item = ScorecardItem.extend({
  points: any.optional(),
  perYear: perYear
    .unwrap()
    .extend({ points: z.array(any).min(1) })
    .optional(),
  unless: any.optional(),
})

/**
 * The formats as they are read: conditions and expressions may be any JSON, because the engine
 * names their defects better than a schema of alternatives can.
 */
export const READ_FORMATS = {
  ...FILE_FORMATS,
  version: RuleVersion.extend({
    conditions: any,
    entitlement,
    scorecard: Scorecard.extend({
      items: z.array(item).min(1),
    }).optional(),
    warnings: z.array(VersionWarning.extend({ when: any.optional() })).optional(),
  }),
  facts: FactDictionary.extend({ facts: z.array(Fact.extend({ derive: any.optional() })) }),
  conflicts: ConflictFile.extend({
    conflicts: z.array(Conflict.extend({ when: any.optional() })),
  }),
  clauses: ClauseFile.extend({
    clauses: z.array(Clause.extend({ referral: referral.optional() })),
  }),
} as const satisfies Record<FileKind, z.ZodType>

import { z } from 'zod'
import { clockFaults } from '../determination/content-faults.js'
import { faultsOf, refused } from '../determination/request-faults.js'
import { CivilDate, shanghaiDate } from '../model/civil-date.js'
import type { DecisionBody, DecisionFacts } from '../model/decision.js'
import { type Determination, Subject } from '../model/determination.js'
import { Problem } from '../model/errors.js'
import { fenOf, yuanOf } from '../model/money.js'
import { PROGRAMME_ID } from '../model/programme.js'
import type { Rulebook } from '../rulebook/rulebook.js'
import { arrearsOf, paidBy, type Span } from './arrears.js'
import { caseReader, lastsUntil } from './case-days.js'
import { pairsOf } from './compare-determinations.js'
import { bodyOf, erasureOf, factsOf } from './read-decision.js'
import {
  determineAgain,
  NOT_WITH_CURRENT,
  type Replayed,
  ReplayTerms,
  versionOf,
} from './replay-decision.js'
import type { LedgerReads, Moment, StoredEntry, StoredFacts } from './stores/store.js'
import { sealFault } from './verify-entry.js'

/** A day in Asia/Shanghai, or an instant. */
export const TimeBound = z.union([
  CivilDate.transform((day) => new Date(`${day}T00:00:00+08:00`).toISOString()),
  z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString()),
])

/** Which decisions to determine again, and under which rules: the current ones by default. */
export const RecalculationTerms = z
  .strictObject({
    programme: z.string().regex(PROGRAMME_ID).optional(),
    from: TimeBound.optional().meta({ description: 'Recorded at this time or later' }),
    to: TimeBound.optional().meta({ description: 'Recorded before this time' }),
    ...ReplayTerms.shape,
  })
  .meta({ id: 'RecalculationRequest', description: 'Which decisions, and under which rules' })
export type RecalculationTerms = Readonly<z.output<typeof RecalculationTerms>>

/** Reads what a recalculation is asked for. Throws Problem (400). */
export function parseRecalculationTerms(json: unknown, now: Date): RecalculationTerms {
  const parsed = RecalculationTerms.safeParse(json ?? {})
  if (!parsed.success) throw refused(faultsOf(parsed.error.issues, json))
  const { rules, asOf, knownAt } = parsed.data
  if (rules === 'current' && knownAt !== undefined) throw refused([NOT_WITH_CURRENT])
  const faults = clockFaults(parsed.data, now)
  if (faults.length > 0) throw refused(faults)
  const clocks = asOf ?? knownAt
  return { ...parsed.data, rules: rules ?? (clocks === undefined ? 'current' : undefined) }
}

const PaidSchema = z.strictObject({
  outcome: z.string(),
  amount: z.number().nullable(),
  unit: z.string().nullable(),
  ruleVersion: z.string(),
})

/** One outcome or amount that changes. */
const Change = z.strictObject({
  programme: z.string(),
  subject: Subject,
  recorded: PaidSchema.nullable().meta({ description: 'Null: it was not determined then' }),
  replayed: PaidSchema.nullable().meta({ description: 'Null: it is not determined now' }),
  arrears: z
    .strictObject({
      monthlyDifference: z.number(),
      from: z.string(),
      to: z.string(),
      months: z.int(),
      arrears: z.number(),
      overpayment: z.number(),
    })
    .nullable(),
})

/** A line of the worklist, or its last line. */
export const RecalculationLine = z
  .union([
    z.strictObject({
      kind: z.literal('changed'),
      id: z.string(),
      recordedAt: z.string(),
      office: z.string(),
      caseReference: z.string(),
      changes: z.array(Change),
    }),
    z.strictObject({
      kind: z.literal('not-replayed'),
      id: z.string(),
      recordedAt: z.string(),
      office: z.string(),
      caseReference: z.string(),
      reason: z.string().meta({
        description: 'The code of the problem, facts-missing (nobody erased them) or altered',
      }),
    }),
    z.strictObject({
      kind: z.literal('summary'),
      decisions: z.int(),
      changed: z.int(),
      erased: z.int(),
      notReplayed: z.int(),
      arrears: z.number(),
      overpayment: z.number(),
    }),
  ])
  .meta({ id: 'RecalculationLine', description: 'A line of the worklist; the last is a summary' })
export type RecalculationLine = Readonly<z.infer<typeof RecalculationLine>>

const PAGE = 200

/** Decisions after which others get their turn. */
const TURN = 20

/** What is determined again, and when. */
export interface Recalculation {
  readonly store: LedgerReads
  readonly rulebook: Rulebook
  readonly terms: RecalculationTerms
  readonly now: Date
  /** Told how many decisions were looked at so far. */
  readonly progress?: (decisions: number) => void
}

/**
 * The worklist after a correction, line by line: every decision whose outcome or amount changes,
 * then a summary. Holds one page of decisions at a time, however many there are.
 */
export async function* recalculate(of: Recalculation): AsyncGenerator<RecalculationLine> {
  const { store, terms } = of
  const sum = { decisions: 0, changed: 0, erased: 0, notReplayed: 0, arrears: 0, overpayment: 0 }
  const caseOf = caseReader(store)
  for await (const entry of decisions(store, terms)) {
    sum.decisions += 1
    if (sum.decisions % TURN === 0) await new Promise((resolve) => setImmediate(resolve))
    of.progress?.(sum.decisions)
    const line = await lineOf(of, entry, caseOf)
    if (line === 'erased') sum.erased += 1
    else if (line?.kind === 'not-replayed') sum.notReplayed += 1
    else if (line?.kind === 'changed') {
      sum.changed += 1
      // In fen, so that a hundred thousand sums stay exact.
      for (const { arrears } of line.changes) {
        sum.arrears += fenOf(arrears?.arrears ?? 0)
        sum.overpayment += fenOf(arrears?.overpayment ?? 0)
      }
    }
    if (line !== null && line !== 'erased') yield line
  }
  yield {
    kind: 'summary',
    ...sum,
    arrears: yuanOf(sum.arrears),
    overpayment: yuanOf(sum.overpayment),
  }
}

type WithFacts = StoredEntry & { readonly facts: StoredFacts | null }

async function* decisions(
  store: LedgerReads,
  { programme, from, to }: RecalculationTerms,
): AsyncGenerator<WithFacts> {
  const query = {
    ...(programme !== undefined && { programme }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    limit: PAGE,
  }
  let after: Moment | null = null
  for (;;) {
    const page: readonly WithFacts[] = await store.oldest(query, after)
    yield* page
    if (page.length < PAGE) return
    after = page.at(-1) as Moment
  }
}

type Case = ReturnType<typeof caseReader>

async function lineOf(
  of: Recalculation,
  entry: WithFacts,
  caseOf: Case,
): Promise<RecalculationLine | 'erased' | null> {
  const { id, recordedAt } = entry
  const [office, caseReference] = [entry.office as string, entry.caseReference as string]
  const about = { id, recordedAt, office, caseReference }
  const facts = await sealedFacts(of.store, entry)
  if (facts === 'facts-erased') return 'erased'
  if (typeof facts === 'string') return { kind: 'not-replayed', ...about, reason: facts }
  try {
    const changes = await changesOf(of, { body: bodyOf(entry), facts }, caseOf)
    return changes.length === 0 ? null : { kind: 'changed', ...about, changes }
  } catch (error) {
    // What a decision cannot be asked any more is its own line; what fails otherwise ends the list.
    if (!(error instanceof Problem) || error.code === 'store-unavailable') throw error
    return { kind: 'not-replayed', ...about, reason: error.code }
  }
}

/** The facts of a decision, as they were sealed; or why there are none to go by. */
async function sealedFacts(
  store: LedgerReads,
  { facts, ...entry }: WithFacts,
): Promise<DecisionFacts | 'facts-erased' | 'facts-missing' | 'altered'> {
  if (facts !== null) return sealFault(entry, facts) === null ? factsOf(facts) : 'altered'
  return (await erasureOf(store, entry.id)) === null ? 'facts-missing' : 'facts-erased'
}

async function changesOf(
  of: Recalculation,
  recorded: Pick<Replayed, 'body' | 'facts'>,
  caseOf: Case,
): Promise<z.infer<typeof Change>[]> {
  const { rulebook, terms, now } = of
  const { body, facts } = recorded
  const again = determineAgain(
    rulebook,
    { ...recorded, terms, language: 'zh', detail: 'summary' },
    now,
  )
  const pairs = pairsOf(facts.determination, again).filter(
    ({ recorded, replayed }) => isAsked(recorded ?? replayed, terms) && !pays(recorded, replayed),
  )
  if (pairs.length === 0) return []
  const inCase = await caseOf(body)
  return pairs.map((pair) => changeOf(of, { ...pair, body, inCase }))
}

function isAsked(one: Determination | null, { programme }: RecalculationTerms): boolean {
  return programme === undefined || one?.programme === programme
}

/** Whether both sides come to the same outcome and amount. */
function pays(recorded: Determination | null, replayed: Determination | null): boolean {
  const [before, after] = [paidBy(recorded), paidBy(replayed)]
  return before?.outcome === after?.outcome && before?.amount === after?.amount
}

interface Changed {
  readonly recorded: Determination | null
  readonly replayed: Determination | null
  readonly body: DecisionBody
  readonly inCase: Awaited<ReturnType<Case>>
}

function changeOf(of: Recalculation, changed: Changed): z.infer<typeof Change> {
  const { programme, subject } = (changed.recorded ?? changed.replayed) as Determination
  const [recorded, replayed] = [paidBy(changed.recorded), paidBy(changed.replayed)] as const
  const arrears = arrearsOf(recorded, replayed, spanOf(of, changed))
  return { programme, subject, recorded, replayed, arrears }
}

/**
 * From the day the decision was for, or the start of the version that changes it if that is later,
 * to the day until which the decision counts in its case, else to today; of no length where the
 * change starts after that.
 */
function spanOf({ rulebook, now }: Recalculation, changed: Changed): Span {
  const { recorded, replayed, body, inCase } = changed
  const { programme, ruleVersion } = (replayed ?? recorded) as Determination
  const start = versionOf(rulebook, ruleVersion)?.rule.version.validFrom ?? body.asOf
  const from = start > body.asOf ? start : body.asOf
  const to = lastsUntil(inCase, body, programme) ?? shanghaiDate(now)
  return { from, to: to > from ? to : from }
}

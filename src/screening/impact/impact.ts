import type { DuckDBConnection } from '@duckdb/node-api'
import type { FactDefinition } from '../../engine/fact-definition.js'
import type { Words } from '../../model/language.js'
import type { LoadedProgramme, Rulebook } from '../../rulebook/rulebook.js'
import { batchesOf, keysDone } from '../batches.js'
import { countLoaded } from '../count-loaded.js'
import type { Loaded } from '../input/fact-tables.js'
import { load, type Progress } from '../screen.js'
import { planFor, type ScreeningPlan } from '../screening-plan.js'
import { type Question, selectRules } from '../select-rules.js'
import { inWorkspace, type Resources } from '../workspace.js'
import { type Change, type ChangeRow, COUNTS, createChanges, readChanges } from './changes.js'
import { compareBatch, LARGEST } from './compare-batch.js'
import { suppress } from './suppress.js'

/** One side of a comparison. */
export interface Side extends Question {
  readonly rulebook: Rulebook
}

/** Two sets of rules on one population. */
export interface ImpactOrder extends Resources {
  readonly before: Side
  readonly after: Side
  readonly households: string
  readonly members?: string
  readonly sample?: number
  readonly batch?: number
  readonly progress?: (progress: Progress) => void
}

/** A change as it may be shown: null where it could point at somebody. */
export type ShownChange = { readonly [K in keyof Change]: number | null } & {
  /** Yuan a month, after less before; null where amounts are not by the month or year. */
  readonly costPerMonth: number | null
}

/** One part of a programme's population. */
export interface ShownGroup extends ShownChange {
  readonly value: string | null
  readonly name: Words
}

/** What changes in one programme. */
export interface ProgrammeImpact extends ShownChange {
  readonly programme: string
  readonly name: Words
  readonly jurisdiction: string
  readonly versionBefore: string | null
  readonly versionAfter: string | null
  readonly unit: string | null
  readonly by: readonly {
    readonly dimension: string
    readonly name: Words
    readonly groups: readonly ShownGroup[]
  }[]
}

/** A city's programmes together; subjects count once for each programme. */
export interface CityImpact extends ShownChange {
  readonly jurisdiction: string
  readonly name: Words
}

/** What changes when one set of rules takes the place of another. */
export interface Impact {
  readonly before: { readonly asOf: string; readonly knownAt: string; readonly rulebook: string }
  readonly after: { readonly asOf: string; readonly knownAt: string; readonly rulebook: string }
  readonly households: number
  readonly members: number
  readonly rejected: number
  readonly cities: readonly CityImpact[]
  readonly programmes: readonly ProgrammeImpact[]
}

/** Compares two sets of rules on one population. Throws InputError; an abort rejects. */
export async function impact(order: ImpactOrder): Promise<Impact> {
  const { before, after, signal, progress } = order
  return inWorkspace(order, async ({ connection }) => {
    progress?.({ phase: 'loading', done: 0, total: 0 })
    // Nobody may be born after either day, and a draft may know more facts.
    const asOf = before.asOf < after.asOf ? before.asOf : after.asOf
    const loaded = await load(connection, { ...order, rulebook: after.rulebook, asOf })
    signal?.throwIfAborted()
    return compare(connection, loaded, order)
  })
}

/** Two sets of rules, on facts that stand in the fact tables. */
export type Comparison = Pick<ImpactOrder, 'before' | 'after' | 'batch' | 'signal' | 'progress'>

/** Compares two sets of rules on facts that are loaded; makes tables of its own beside them. */
export async function compare(
  connection: DuckDBConnection,
  { facts }: Loaded,
  order: Comparison,
): Promise<Impact> {
  const { before, after, signal, progress } = order
  const ids = new Set([...facts].map(({ id }) => id))
  const plansOf = (side: Side) =>
    selectRules(side.rulebook, side).jurisdictions.map((rules) => planFor(rules, side, ids))
  const plans = { before: plansOf(before), after: plansOf(after) }
  const dimensions = dimensionsOf(after.rulebook, ids)
  await createChanges(connection)
  const batches = await batchesOf(connection, order.batch)
  for (const batch of batches) {
    await compareBatch(connection, plans, batch, dimensions)
    signal?.throwIfAborted()
    progress?.({ phase: 'screening', ...keysDone(batches, batch) })
  }
  const rows = await readChanges(connection)
  return {
    before: described(before),
    after: described(after),
    ...(await countLoaded(connection)),
    ...shown(rows, plans, order, dimensions),
  }
}

function described({ asOf, knownAt, rulebook }: Side): Impact['before'] {
  return { asOf, knownAt, rulebook: rulebook.digest }
}

/** What households are grouped by beside their size: citizens' facts with a closed list of codes. */
function dimensionsOf(
  { dictionary }: Rulebook,
  ids: ReadonlySet<string>,
): readonly FactDefinition[] {
  return [...dictionary.values()].filter(
    ({ id, entity, type, codes, fact }) =>
      entity === 'household' &&
      type === 'code' &&
      codes !== null &&
      fact.source === 'citizen' &&
      ids.has(id),
  )
}

type Plans = Readonly<Record<'before' | 'after', readonly ScreeningPlan[]>>

/** Months in a unit's period; undefined for amounts that are paid once. */
function monthsOf(unit: string | null): number | undefined {
  if (unit?.endsWith('/month')) return 1
  return unit?.endsWith('/year') ? 12 : undefined
}

function unitOf(programme: string, plans: Plans): string | null {
  const rules = [...plans.after, ...plans.before].flatMap(({ sql }) => sql.rules)
  const rule = rules.find((one) => one.rule.version.programme === programme)
  const written = rule?.rule.entitlement.rule
  return written !== undefined && 'unit' in written ? written.unit : null
}

function versionOf(programme: string, plans: readonly ScreeningPlan[]): string | null {
  const rules = plans.flatMap(({ sql }) => sql.rules)
  return rules.find(({ rule }) => rule.version.programme === programme)?.rule.id ?? null
}

function countsOf(change: Change): { readonly counts: readonly number[] } {
  return { counts: COUNTS.map((name) => change[name]) }
}

function show(change: Change, hide: boolean, months: number | undefined): ShownChange {
  const cost =
    months === undefined
      ? null
      : Math.round(((change.amountAfter - change.amountBefore) / months) * 100) / 100
  const all = { ...pick(change), costPerMonth: cost }
  return hide ? (Object.fromEntries(Object.keys(all).map((key) => [key, null])) as never) : all
}

function pick(change: Change): Change {
  const names = [...COUNTS, 'amountBefore', 'amountAfter'] as const
  return Object.fromEntries(names.map((name) => [name, change[name]])) as unknown as Change
}

function shown(
  rows: readonly ChangeRow[],
  plans: Plans,
  { after }: Comparison,
  dimensions: readonly FactDefinition[],
): Pick<Impact, 'cities' | 'programmes'> {
  const totals = rows.filter(({ dimension }) => dimension === null)
  const loaded = (id: string) => after.rulebook.programmes.get(id) as LoadedProgramme
  const cities = new Map<string, ChangeRow[]>()
  for (const row of totals) {
    const { code } = loaded(row.programme).jurisdiction
    cities.set(code, [...(cities.get(code) ?? []), row])
  }
  const hidden = new Map<string, boolean>()
  const cityRows = [...cities].map(([code, own]): CityImpact => {
    const city = add(own)
    const away = suppress(own.map(countsOf), countsOf(city))
    for (const [index, row] of own.entries()) hidden.set(row.programme, away.rows[index] === true)
    const cost = own.reduce((sum, row) => {
      const months = monthsOf(unitOf(row.programme, plans))
      return months === undefined ? sum : sum + (row.amountAfter - row.amountBefore) / months
    }, 0)
    const name = after.rulebook.jurisdictions.get(code)?.name as Words
    const change = show(city, away.total, undefined)
    const costPerMonth = away.total ? null : Math.round(cost * 100) / 100
    return {
      jurisdiction: code,
      name,
      ...change,
      amountBefore: null,
      amountAfter: null,
      costPerMonth,
    }
  })
  const programmes = totals.map((row) => {
    const months = monthsOf(unitOf(row.programme, plans))
    const away = hidden.get(row.programme) === true
    return {
      programme: row.programme,
      name: loaded(row.programme).programme.name,
      jurisdiction: loaded(row.programme).jurisdiction.code,
      versionBefore: versionOf(row.programme, plans.before),
      versionAfter: versionOf(row.programme, plans.after),
      unit: unitOf(row.programme, plans),
      ...show(row, away, months),
      by: groupsOf(row, rows, dimensions, { months, away }),
    }
  })
  return { cities: cityRows, programmes }
}

function add(rows: readonly Change[]): Change {
  return rows.map(pick).reduce((a, b) => {
    const names = Object.keys(a) as (keyof Change)[]
    return Object.fromEntries(names.map((name) => [name, a[name] + b[name]])) as unknown as Change
  })
}

const SIZE_NAME: Words = { zh: '家庭人数', en: 'Members listed' }
const NOT_KNOWN: Words = { zh: '不详', en: 'not known' }

function groupsOf(
  total: ChangeRow,
  rows: readonly ChangeRow[],
  dimensions: readonly FactDefinition[],
  { months, away }: { readonly months: number | undefined; readonly away: boolean },
): ProgrammeImpact['by'] {
  const own = rows.filter(({ programme }) => programme === total.programme)
  const named = [
    { dimension: 'size', name: SIZE_NAME, fact: undefined },
    ...dimensions.map((fact) => ({ dimension: fact.id, name: fact.fact.label, fact })),
  ]
  return named.map(({ dimension, name, fact }) => {
    const groups = own.filter((row) => row.dimension === dimension)
    const hidden = suppress(groups.map(countsOf), countsOf(total))
    return {
      dimension,
      name,
      groups: groups.map((row, index) => ({
        value: row.value,
        name: valueName(row.value, fact),
        // A total that is hidden must not be the sum of its parts.
        ...show(row, away || hidden.rows[index] === true, months),
      })),
    }
  })
}

function valueName(value: string | null, fact: FactDefinition | undefined): Words {
  if (value === null) return NOT_KNOWN
  if (fact === undefined && Number(value) === LARGEST)
    return { zh: `${value}人及以上`, en: `${value} and more` }
  return fact?.fact.values?.[value] ?? { zh: value, en: value }
}

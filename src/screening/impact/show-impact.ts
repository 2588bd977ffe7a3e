import type { FactDefinition } from '../../engine/fact-definition.js'
import type { Words } from '../../model/language.js'
import type { LoadedProgramme, Rulebook } from '../../rulebook/rulebook.js'
import type { ScreeningPlan } from '../screening-plan.js'
import { type Change, type ChangeRow, COUNTS } from './changes.js'
import { LARGEST } from './compare-batch.js'
import { suppress } from './suppress.js'

/** A change as it may be shown: null where it could point at somebody. */
export type ShownChange = { readonly [K in keyof Change]: number | null } & {
  /** Yuan a month, after less before; null where amounts are not by the month or year. */
  readonly costPerMonth: number | null
}

/** One part of a programme's population. */
interface ShownGroup extends ShownChange {
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
interface CityImpact extends ShownChange {
  readonly jurisdiction: string
  readonly name: Words
}

/** What changes, city by city and programme by programme. */
export interface ShownImpact {
  readonly cities: readonly CityImpact[]
  readonly programmes: readonly ProgrammeImpact[]
}

type Plans = Readonly<Record<'before' | 'after', readonly ScreeningPlan[]>>

/** What the changes are changes of. */
interface Compared {
  readonly plans: Plans
  readonly rulebook: Rulebook
  /** What households are grouped by beside their size. */
  readonly dimensions: readonly FactDefinition[]
}

/** What may be shown of some changes: small counts, and those they could be found from, are hidden. */
export function showImpact(rows: readonly ChangeRow[], compared: Compared): ShownImpact {
  const totals = rows.filter(({ dimension }) => dimension === null)
  const { cities, hidden } = showCities(totals, compared)
  const programmes = totals.map((row) =>
    showProgramme(row, rows, hidden.has(row.programme), compared),
  )
  return { cities, programmes }
}

/** The cities, and the programmes that are hidden among those of their city. */
function showCities(
  totals: readonly ChangeRow[],
  { plans, rulebook }: Compared,
): { readonly cities: readonly CityImpact[]; readonly hidden: ReadonlySet<string> } {
  const hidden = new Set<string>()
  const byCity = new Map<string, ChangeRow[]>()
  for (const row of totals) {
    const { code } = loadedOf(row, rulebook).jurisdiction
    byCity.set(code, [...(byCity.get(code) ?? []), row])
  }
  const cities = [...byCity].map(([code, own]): CityImpact => {
    const total = add(own)
    const away = suppress(own.map(countsOf), countsOf(total))
    for (const [index, row] of own.entries()) if (away.rows[index]) hidden.add(row.programme)
    const name = rulebook.jurisdictions.get(code)?.name as Words
    return {
      jurisdiction: code,
      name,
      ...show(total, away.total, undefined),
      // Amounts of programmes have different units.
      ...{ amountBefore: null, amountAfter: null },
      costPerMonth: away.total ? null : costOf(own, plans),
    }
  })
  return { cities, hidden }
}

/** Yuan a month of all programmes whose amounts are by the month or year. */
function costOf(rows: readonly ChangeRow[], plans: Plans): number {
  const cost = rows.reduce((sum, row) => {
    const months = monthsOf(unitOf(row.programme, plans))
    return months === undefined ? sum : sum + (row.amountAfter - row.amountBefore) / months
  }, 0)
  return Math.round(cost * 100) / 100
}

function showProgramme(
  total: ChangeRow,
  rows: readonly ChangeRow[],
  away: boolean,
  { plans, rulebook, dimensions }: Compared,
): ProgrammeImpact {
  const { programme: id } = total
  const { programme, jurisdiction } = loadedOf(total, rulebook)
  const unit = unitOf(id, plans)
  const months = monthsOf(unit)
  return {
    programme: id,
    name: programme.name,
    jurisdiction: jurisdiction.code,
    versionBefore: versionOf(id, plans.before),
    versionAfter: versionOf(id, plans.after),
    unit,
    ...show(total, away, months),
    by: groupsOf(total, rows, dimensions, { months, away }),
  }
}

function loadedOf({ programme }: ChangeRow, { programmes }: Rulebook): LoadedProgramme {
  return programmes.get(programme) as LoadedProgramme
}

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

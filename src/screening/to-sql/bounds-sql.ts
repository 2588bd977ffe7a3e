import { and, compare, not, or } from './logic.js'
import { compareSql, pickSql, type RatioSql } from './ratio-to-sql.js'
import { FALSE, type Sql, TRUE } from './sql.js'

/** What a number can be, in SQL, with what is known of it before any row is read. */
export interface NumberSql {
  readonly kind: 'number'
  readonly lo: RatioSql
  readonly hi: RatioSql
  readonly least: number
  readonly greatest: number
}
/** Both readings of a truth value. */
export interface BooleanSql {
  readonly kind: 'boolean'
  readonly certainly: Sql
  readonly possibly: Sql
}
/** One code a value can be under a guard: a text, or any of several codes (null: of an open list). */
export interface CodeOption {
  readonly guard: Sql
  readonly code: Sql | readonly string[] | null
}
export interface CodeSql {
  readonly kind: 'code'
  readonly options: readonly CodeOption[]
}
/** One set a value can be under a guard: a list, or anything over some codes (null: an open list). */
interface SetOption {
  readonly guard: Sql
  readonly list: Sql | null
  readonly codes: readonly string[] | null
}
export interface SetSql {
  readonly kind: 'set'
  readonly options: readonly SetOption[]
}
/** What a value can be, as SQL: the counterpart of the engine's bounds. */
export type BoundsSql = NumberSql | BooleanSql | CodeSql | SetSql

/** A value under a guard. */
export interface Guarded {
  readonly guard: Sql
  readonly value: BoundsSql
}

/** A number known when the SQL is written, or between two such. */
export function numberSql(lo: RatioSql, hi: RatioSql, least: number, greatest: number): NumberSql {
  return { kind: 'number', lo, hi, least, greatest }
}

/** A truth value that reads the same both ways. */
export function booleanSql(certainly: Sql, possibly: Sql = certainly): BooleanSql {
  return { kind: 'boolean', certainly, possibly }
}

/** The other way round. */
export function flipSql({ certainly, possibly }: BooleanSql): BooleanSql {
  return booleanSql(not(possibly), not(certainly))
}

/** Whether the readings of a condition differ. */
export function isOpen({ certainly, possibly }: BooleanSql): Sql {
  return and(possibly, not(certainly))
}

/** Whether a value is known, for each row. */
export function isKnownSql(bounds: BoundsSql): Sql {
  switch (bounds.kind) {
    case 'number':
      return compareSql(bounds.lo, '=', bounds.hi)
    case 'boolean':
      return not(isOpen(bounds))
    case 'code':
      return isOne(bounds.options, isTextOption, differentCodes)
    case 'set':
      return isOne(bounds.options, ({ list }) => list !== null, differentSets)
  }
}

/** No option that is open itself, and no two that differ. */
function isOne<T extends { readonly guard: Sql }>(
  options: readonly T[],
  known: (option: T) => boolean,
  differ: (a: T, b: T) => Sql,
): Sql {
  const open = options.filter((option) => !known(option)).map(({ guard }) => guard)
  const closed = options.filter(known)
  const pairs = closed.flatMap((a, index) =>
    closed.slice(index + 1).map((b) => and(a.guard, b.guard, differ(a, b))),
  )
  return not(or(...open, ...pairs))
}

function differentCodes(a: CodeOption, b: CodeOption): Sql {
  return compare(a.code as Sql, '<>', b.code as Sql)
}

function differentSets(a: SetOption, b: SetOption): Sql {
  const operands = [a.list as Sql, b.list as Sql]
  return not({ kind: 'call', type: 'boolean', most: 0n, name: 'sameSet', operands })
}

/** What a value can be when it is any of those whose guard holds; at least one does. */
export function uniteSql(options: readonly Guarded[], bind: (sql: Sql) => Sql): BoundsSql {
  const possible = options.filter(({ guard }) => guard !== FALSE)
  const [first] = possible as unknown as readonly [Guarded]
  if (possible.length === 1) return first.value
  switch (first.value.kind) {
    case 'number':
      return uniteNumbers(possible as readonly Of<NumberSql>[], bind)
    case 'boolean': {
      const all = possible as readonly Of<BooleanSql>[]
      return booleanSql(
        and(...all.map(({ guard, value }) => or(not(guard), value.certainly))),
        or(...all.map(({ guard, value }) => and(guard, value.possibly))),
      )
    }
    case 'code':
      return { kind: 'code', options: (possible as readonly Of<CodeSql>[]).flatMap(optionsUnder) }
    case 'set':
      return { kind: 'set', options: (possible as readonly Of<SetSql>[]).flatMap(optionsUnder) }
  }
}

interface Of<T> {
  readonly guard: Sql
  readonly value: T
}

/** What a code or set can be where a guard holds as well. */
export function optionsUnder<T extends { readonly guard: Sql }>({
  guard,
  value,
}: Of<{ readonly options: readonly T[] }>): readonly T[] {
  return value.options.map((option) => ({ ...option, guard: and(guard, option.guard) }))
}

function uniteNumbers(options: readonly Of<NumberSql>[], bind: (sql: Sql) => Sql): NumberSql {
  const end = (side: 'lo' | 'hi') =>
    options
      .map(({ guard, value }) => ({ guard, value: value[side] }))
      .reduce((a, b) => further(a, b, side, bind)).value
  return numberSql(
    end('lo'),
    end('hi'),
    Math.min(...options.map(({ value }) => value.least)),
    Math.max(...options.map(({ value }) => value.greatest)),
  )
}

/** Of two ends the outer one, of those whose guard holds. */
function further(
  a: Of<RatioSql>,
  b: Of<RatioSql>,
  side: 'lo' | 'hi',
  bind: (sql: Sql) => Sql,
): Of<RatioSql> {
  const outer =
    side === 'lo' ? compareSql(a.value, '<=', b.value) : compareSql(b.value, '<=', a.value)
  const first = bind(and(a.guard, or(not(b.guard), outer)))
  const { n, d } = pickSql(first, a.value, b.value)
  return { guard: or(a.guard, b.guard), value: { n: bind(n), d: bind(d) } }
}

/** Text of the code an option is, where it is one. */
export function isTextOption(option: CodeOption): option is CodeOption & { readonly code: Sql } {
  return option.code !== null && !Array.isArray(option.code)
}

export const ANY_TRUTH = booleanSql(FALSE, TRUE)

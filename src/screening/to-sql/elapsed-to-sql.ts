import { dateText } from '../../model/civil-date.js'
import { compute } from './arithmetic.js'
import { type NumberSql, numberSql } from './bounds-sql.js'
import { compare, flag } from './logic.js'
import { wholeSql } from './ratio-to-sql.js'
import { constant, type FunctionName, integer, type Sql } from './sql.js'

const SHORTEST = { years: 365, months: 28 } as const
const LONGEST = { years: 366, months: 31 } as const

/** Whole years or months from one date to another, from end to end. */
export function elapsedToSql(unit: 'years' | 'months', from: NumberSql, to: NumberSql): NumberSql {
  const least = to.least - from.greatest
  const between = unit === 'months' ? monthsBetween : least >= 0 ? yearsForward : yearsBetween
  const end = (start: Sql, stop: Sql) => wholeSql(between(start, stop))
  return numberSql(
    end(from.hi.n, to.lo.n),
    end(from.lo.n, to.hi.n),
    least < 0 ? least / SHORTEST[unit] - 1 : Math.max(0, least / LONGEST[unit] - 1),
    Math.max(0, (to.greatest - from.least) / SHORTEST[unit] + 1),
  )
}

/** Born on 29 February: a year older on 1 March. */
function yearsForward(from: Sql, to: Sql): Sql {
  const years = compute(part('year', to), '-', part('year', from))
  return compute(years, '-', flag(compare(monthAndDay(to), '<', monthAndDay(from)), ONE, ZERO))
}

/** Years back are counted as the years forward between the same dates. */
function yearsBetween(from: Sql, to: Sql): Sql {
  const years = compute(part('year', to), '-', part('year', from))
  const partial = flag(compare(monthAndDay(from), '<', monthAndDay(to)), ONE, ZERO)
  return flag(compare(to, '<', from), compute(years, '+', partial), yearsForward(from, to))
}

/** A month is complete on the same day of the month, or the next. */
function monthsBetween(from: Sql, to: Sql): Sql {
  const months = compute(monthOf(to), '-', monthOf(from))
  const partial = compare(part('dayOfMonth', to), '<', part('dayOfMonth', from))
  return compute(months, '-', flag(partial, ONE, ZERO))
}

const ONE = integer(1)
const ZERO = integer(0)

function monthAndDay(day: Sql): Sql {
  return compute(compute(part('month', day), '*', integer(100)), '+', part('dayOfMonth', day))
}

function monthOf(day: Sql): Sql {
  return compute(compute(part('year', day), '*', integer(12)), '+', part('month', day))
}

type Part = Extract<FunctionName, 'year' | 'month' | 'dayOfMonth'>

const SLICE: Readonly<Record<Part, readonly [number, number]>> = {
  year: [0, 4],
  month: [5, 7],
  dayOfMonth: [8, 10],
}

/** A part of a date that is counted in days since 1970. */
function part(name: Part, day: Sql): Sql {
  const known = constant(day)
  if (known !== undefined) return integer(Number(dateText(Number(known)).slice(...SLICE[name])))
  return { kind: 'call', type: 'int16', most: 10_000n, name, operands: [day] }
}

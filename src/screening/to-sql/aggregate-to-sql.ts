import type { Aggregate } from '../../engine/expression-node.js'
import { MAX_MEMBERS } from '../../model/household.js'
import { compute } from './arithmetic.js'
import { bound } from './bind-bounds.js'
import {
  type BooleanSql,
  type BoundsSql,
  booleanSql,
  type NumberSql,
  numberSql,
} from './bounds-sql.js'
import type { Compilation } from './compilation.js'
import { and, compare, flag, isNull, not, or } from './logic.js'
import { addSql, multiplySql, type RatioSql, wholeSql } from './ratio-to-sql.js'
import { statedColumn } from './source-column.js'
import { type AggregateName, constant, FALSE, integer, type Sql, TRUE } from './sql.js'

const MOST_MEMBERS = BigInt(MAX_MEMBERS)
const [ZERO, ONE] = [integer(0), integer(1)]

/** A fold over the listed members and those beside them, about whom nothing is known. */
export function aggregateToSql(
  operator: Aggregate,
  listed: BoundsSql,
  unlisted: BoundsSql,
  compilation: Compilation,
): BoundsSql {
  switch (operator) {
    case 'count':
      return count(listed as BooleanSql, unlisted as BooleanSql, compilation)
    case 'sum':
      return sum(listed as NumberSql, unlisted as NumberSql, compilation)
    case 'any':
    case 'all':
      return fold(operator, [listed as BooleanSql, unlisted as BooleanSql], compilation)
  }
}

/** Members beyond those listed; 0 where nobody states a size. */
function unlistedMembers(compilation: Compilation): Sql {
  const { size, columns } = compilation
  const stated = size === undefined ? undefined : statedColumn(size, compilation)
  if (stated === undefined) return ZERO
  const listed = columns.aggregate('count', [], { type: 'int8', most: MOST_MEMBERS })
  const more = and(not(isNull(stated)), compare(listed, '<', stated))
  return columns.bind('household', flag(more, compute(stated, '-', listed), ZERO), 'unlisted')
}

function count(
  { certainly, possibly }: BooleanSql,
  unseen: BooleanSql,
  compilation: Compilation,
): NumberSql {
  const unlisted = unlistedMembers(compilation)
  const total = (holds: Sql, unseenHolds: Sql) =>
    wholeSql(compute(listed(holds, compilation), '+', flag(unseenHolds, unlisted, ZERO)))
  const number = numberSql(
    total(certainly, unseen.certainly),
    total(possibly, unseen.possibly),
    unseen.certainly === TRUE ? 1 : 0,
    MAX_MEMBERS,
  )
  return bound(number, 'household', compilation)
}

function listed(holds: Sql, { columns }: Compilation): Sql {
  const shape = { type: 'int8', most: MOST_MEMBERS } as const
  if (holds === FALSE) return ZERO
  if (holds === TRUE) return columns.aggregate('count', [], shape)
  return columns.aggregate('sum', [flag(holds, ONE, ZERO)], shape)
}

function fold(
  operator: 'any' | 'all',
  [reading, unseen]: readonly [listed: BooleanSql, unlisted: BooleanSql],
  compilation: Compilation,
): BooleanSql {
  const some = compare(ZERO, '<', unlistedMembers(compilation))
  const each = (holds: Sql, unseenHolds: Sql) => {
    const seen = overMembers(operator, holds, compilation)
    return operator === 'any'
      ? or(seen, and(some, unseenHolds))
      : and(seen, or(not(some), unseenHolds))
  }
  return booleanSql(
    each(reading.certainly, unseen.certainly),
    each(reading.possibly, unseen.possibly),
  )
}

/** Whether something holds of any or all listed members; every household lists some. */
export function overMembers(
  name: Extract<AggregateName, 'any' | 'all'>,
  holds: Sql,
  { columns }: Compilation,
): Sql {
  if (holds.kind === 'value') return holds
  return columns.aggregate(name, [holds], { type: 'boolean', most: 0n })
}

function sum(listed: NumberSql, beside: NumberSql, compilation: Compilation): NumberSql {
  const each = bound(listed, 'member', compilation)
  const unseen = bound(beside, 'household', compilation)
  const unlisted = wholeSql(unlistedMembers(compilation))
  const total = (own: RatioSql, other: RatioSql) =>
    addSql(sumOf(own, compilation), multiplySql(other, unlisted))
  const range = (end: number) => end * MAX_MEMBERS
  const number = numberSql(
    total(each.lo, unseen.lo),
    total(each.hi, unseen.hi),
    Math.min(each.least, range(each.least)),
    Math.max(each.greatest, range(each.greatest)),
  )
  return bound(number, 'household', compilation)
}

function sumOf({ n, d }: RatioSql, { columns }: Compilation): RatioSql {
  const most = n.most * MOST_MEMBERS
  if (constant(d) !== undefined) {
    const shape = { type: integer(most).type, most }
    return { n: columns.aggregate('sum', [n], shape), d }
  }
  // Denominators differ from member to member: fractions are added in lowest terms.
  const ratios = columns.aggregate('ratios', [n, d], { type: 'ratio', most: 0n })
  const half = (name: 'numerator' | 'denominator'): Sql => ({
    kind: 'call',
    type: 'wide',
    most: 2n ** 53n,
    name,
    operands: [ratios],
  })
  return { n: half('numerator'), d: half('denominator') }
}

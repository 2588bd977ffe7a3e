import type { FactDefinition } from '../../engine/fact-definition.js'
import { isBirthDate } from '../../engine/fact-values.js'
import {
  ANY_TRUTH,
  type BoundsSql,
  booleanSql,
  type CodeOption,
  type NumberSql,
  numberSql,
  optionsUnder,
} from './bounds-sql.js'
import type { Compilation, View } from './compilation.js'
import { expressionToSql } from './expression-to-sql.js'
import { isNull, not } from './logic.js'
import { pickSql, type RatioSql } from './ratio-to-sql.js'
import { statedColumn } from './source-column.js'
import { integer, type Sql, TRUE, text } from './sql.js'

/** What a fact can be in a view: stated, else derived, else everything; in columns of its own. */
export function factToSql(fact: FactDefinition, view: View, compilation: Compilation): BoundsSql {
  const seen = fact.entity === 'household' ? 'household' : view
  const key = `${seen} ${fact.id}`
  const known = compilation.bounds.get(key)
  if (known !== undefined) return known
  const bounds =
    seen === 'unlisted' ? unstated(fact, seen, compilation) : ofRow(fact, seen, compilation)
  compilation.bounds.set(key, bounds)
  return bounds
}

/** What a fact can be when it is not stated. */
function unstated(fact: FactDefinition, view: View, compilation: Compilation): BoundsSql {
  return fact.derive === undefined
    ? unknown(fact, compilation)
    : expressionToSql(fact.derive, view, compilation)
}

function ofRow(
  fact: FactDefinition,
  view: 'household' | 'member',
  compilation: Compilation,
): BoundsSql {
  const otherwise = unstated(fact, view, compilation)
  const stated = statedColumn(fact, compilation)
  const bounds = stated === undefined ? otherwise : statedOr(fact, stated, otherwise)
  return named(bounds, fact, view, compilation)
}

/** Steps per unit as expressions count it: fen are units of money. */
function scaleOf(fact: FactDefinition): number {
  return fact.money ? 1 : fact.scale
}

function unknown(fact: FactDefinition, { asOf }: Compilation): BoundsSql {
  switch (fact.type) {
    case 'boolean':
      return ANY_TRUTH
    case 'code':
    case 'string':
      return { kind: 'code', options: [{ guard: TRUE, code: oneOf(fact.codes) }] }
    case 'code-set':
      return { kind: 'set', options: [{ guard: TRUE, list: null, codes: fact.codes }] }
    default: {
      const greatest = isBirthDate(fact) ? Math.min(fact.max, asOf) : fact.max
      return numberOf(fact, integer(fact.min), integer(greatest))
    }
  }
}

/** A list of one code is that code. */
function oneOf(codes: readonly string[] | null): CodeOption['code'] {
  const [first, ...others] = codes ?? []
  return first === undefined || others.length > 0 ? codes : text(first)
}

function numberOf(fact: FactDefinition, lo: Sql, hi: Sql): NumberSql {
  const scale = scaleOf(fact)
  const ratio = (n: Sql): RatioSql => ({ n, d: integer(scale) })
  return numberSql(ratio(lo), ratio(hi), fact.min / scale, fact.max / scale)
}

function statedOr(fact: FactDefinition, stated: Sql, otherwise: BoundsSql): BoundsSql {
  const absent = isNull(stated)
  const given = not(absent)
  switch (otherwise.kind) {
    case 'number': {
      const own = numberOf(fact, stated, stated)
      return numberSql(
        pickSql(absent, otherwise.lo, own.lo),
        pickSql(absent, otherwise.hi, own.hi),
        Math.min(own.least, otherwise.least),
        Math.max(own.greatest, otherwise.greatest),
      )
    }
    case 'boolean':
      return booleanSql(
        choice(absent, otherwise.certainly, stated),
        choice(absent, otherwise.possibly, stated),
      )
    case 'code':
      return {
        kind: 'code',
        options: [
          { guard: given, code: stated },
          ...optionsUnder({ guard: absent, value: otherwise }),
        ],
      }
    case 'set':
      return {
        kind: 'set',
        options: [
          { guard: given, list: stated, codes: [] },
          ...optionsUnder({ guard: absent, value: otherwise }),
        ],
      }
  }
}

/** Stated truth values may be NULL, which only a CASE keeps out. */
function choice(absent: Sql, give: Sql, otherwise: Sql): Sql {
  return { kind: 'case', type: 'boolean', most: 0n, branches: [{ when: absent, give }], otherwise }
}

function named(
  bounds: BoundsSql,
  fact: FactDefinition,
  view: 'household' | 'member',
  { columns }: Compilation,
): BoundsSql {
  const bind = (sql: Sql, side: string) => columns.bind(view, sql, `${fact.id} ${side}`)
  switch (bounds.kind) {
    case 'number': {
      const end = ({ n, d }: RatioSql, side: string) => ({
        n: bind(n, side),
        d: bind(d, `${side} per`),
      })
      return { ...bounds, lo: end(bounds.lo, 'lo'), hi: end(bounds.hi, 'hi') }
    }
    case 'boolean':
      return booleanSql(bind(bounds.certainly, 'is'), bind(bounds.possibly, 'may be'))
    default:
      return bounds
  }
}

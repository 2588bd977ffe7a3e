import { classCount } from '../../engine/code-classes.js'
import type { FactDefinition } from '../../engine/fact-definition.js'
import { compute } from './arithmetic.js'
import { type CodeSql, isTextOption, type SetSql } from './bounds-sql.js'
import type { Compilation, View } from './compilation.js'
import { choose, compare, not } from './logic.js'
import { integer, isSame, type Sql, text } from './sql.js'

/** Classes of codes that a column of bits can tell apart, one more bit being for all other codes. */
const MOST_CLASSES = 61

/** Which bits stand for which codes of a fact. */
export interface Bits {
  readonly all: bigint
  readonly of: (codes: readonly string[]) => bigint
  /** What an unknown code can be; null: an open list. */
  readonly ofDomain: (codes: readonly string[] | null) => bigint
}

/** The bits of a fact's codes; throws RangeError when conditions tell too many apart. */
export function bitsOf(fact: FactDefinition, compilation: Compilation): Bits {
  const classes = classesOf(fact, compilation)
  const told = classCount(classes)
  if (told > MOST_CLASSES)
    throw new RangeError(`${fact.id}: more than ${MOST_CLASSES} codes are told apart`)
  const bit = (code: string) => 1n << BigInt(classes.get(code) ?? told)
  const of = (list: readonly string[]) => list.reduce((bits, code) => bits | bit(code), 0n)
  const all = (1n << BigInt(told + 1)) - 1n
  return { all, of, ofDomain: (list) => (list === null ? all : of(list)) }
}

/** Whatever reads the bits of a fact compares it, and every comparison was visited first. */
function classesOf(fact: FactDefinition, { classes }: Compilation): ReadonlyMap<string, number> {
  return classes.get(fact) as ReadonlyMap<string, number>
}

/** The bits of every code a code fact can be, in a column. */
export function codeBits(fact: FactDefinition, view: View, compilation: Compilation): Sql {
  const { options } = compilation.boundsOf(fact, view) as CodeSql
  const bits = bitsOf(fact, compilation)
  const can = options.map((option) => ({
    guard: option.guard,
    set: isTextOption(option)
      ? bitOfText(option.code, fact, bits, compilation)
      : integer(bits.ofDomain(option.code as readonly string[] | null)),
  }))
  return bindFact(fact, view, union(can), 'codes', compilation)
}

/** The bits a set fact certainly or possibly holds, in a column. */
export function setBits(
  fact: FactDefinition,
  view: View,
  reading: 'certainly' | 'possibly',
  compilation: Compilation,
): Sql {
  const { options } = compilation.boundsOf(fact, view) as SetSql
  const bits = bitsOf(fact, compilation)
  const certainly = reading === 'certainly'
  const held = options.map(({ guard, list, codes }) => ({
    guard,
    set:
      list === null
        ? integer(certainly ? 0n : bits.ofDomain(codes))
        : bitsOfList(list, fact, bits, compilation),
  }))
  const sql = certainly ? intersection(held, bits.all) : union(held)
  return bindFact(fact, view, sql, certainly ? 'holds' : 'may hold', compilation)
}

interface Held {
  readonly guard: Sql
  readonly set: Sql
}

function union(held: readonly Held[]): Sql {
  const [first, second] = held
  if (held.length === 2 && first && second && isSame(not(first.guard), second.guard))
    return choose([{ when: first.guard, give: first.set }], second.set)
  return held
    .map(({ guard, set }) => choose([{ when: guard, give: set }], integer(0)))
    .reduce((a, b) => compute(a, '|', b))
}

function intersection(held: readonly Held[], all: bigint): Sql {
  const [first, second] = held
  if (held.length === 2 && first && second && isSame(not(first.guard), second.guard))
    return choose([{ when: first.guard, give: first.set }], second.set)
  return held
    .map(({ guard, set }) => choose([{ when: guard, give: set }], integer(all)))
    .reduce((a, b) => compute(a, '&', b))
}

function bitOfText(code: Sql, fact: FactDefinition, bits: Bits, compilation: Compilation): Sql {
  const told = [...classesOf(fact, compilation).keys()]
  const branches = told.map((each) => ({
    when: compare(code, '=', text(each)),
    give: integer(bits.of([each])),
  }))
  return choose(branches, integer(bits.all ^ bits.of(told)))
}

function bitsOfList(list: Sql, fact: FactDefinition, bits: Bits, compilation: Compilation): Sql {
  return [...classesOf(fact, compilation).keys()]
    .map((each) => {
      const operands = [list, text(each)]
      const when: Sql = { kind: 'call', type: 'boolean', most: 0n, name: 'contains', operands }
      return choose([{ when, give: integer(bits.of([each])) }], integer(0))
    })
    .reduce((a, b) => compute(a, '|', b))
}

function bindFact(
  fact: FactDefinition,
  view: View,
  sql: Sql,
  side: string,
  { columns }: Compilation,
): Sql {
  const ofMember = fact.entity === 'member'
  const about = ofMember && view === 'unlisted' ? ' unlisted' : ''
  const entity = ofMember && view === 'member' ? 'member' : 'household'
  return columns.bind(entity, sql, `${fact.id}${about} ${side}`)
}

import fc from 'fast-check'
import type { ExpressionNode } from '../../src/engine/expression-node.js'
import { parseExpression } from '../../src/engine/parse-expression.js'
import type { Expression } from '../../src/model/expression.js'
import type { Entity } from '../../src/model/fact.js'
import { conditionOver } from './random-rulebook.js'
import { band, choice, DICTIONARY, testTyping } from './test-dictionary.js'

const FACTS = [...DICTIONARY.values()]

interface Forms {
  readonly number: Expression
  readonly money: Expression
  readonly boolean: Expression
  readonly date: Expression
  readonly code: Expression
}

/** Facts of a kind that may be read where a member is, or is not, in view. */
function factOf(member: boolean, fits: (type: string, money: boolean) => boolean) {
  const fitting = FACTS.filter(
    (fact) => (member || fact.entity === 'household') && fits(fact.type, fact.money),
  )
  return fc.constantFrom(...fitting).map(({ id }): Expression => ({ fact: id }))
}

const TWO = { minLength: 2, maxLength: 3 }
const yuan = fc
  .constantFrom(0, 0.01, 1, 999.99, 2000)
  .map((amount): Expression => ({ yuan: amount }))
const figure = fc.constantFrom(-2.5, -1, 0, 0.5, 1, 3, 7.25)

type Arbitraries = { readonly [K in keyof Forms]: fc.Arbitrary<Expression> }

function forms(member: boolean): Arbitraries {
  return fc.letrec<Forms>((tie) => {
    const boolean = tie('boolean') as fc.Arbitrary<Expression>
    const number = tie('number') as fc.Arbitrary<Expression>
    const money = tie('money') as fc.Arbitrary<Expression>
    const code = tie('code') as fc.Arbitrary<Expression>
    const choices = (value: fc.Arbitrary<Expression>) =>
      fc.array(
        fc.tuple(boolean, value).map(([when, then]) => choice(when, then)),
        {
          minLength: 1,
          maxLength: 2,
        },
      )
    const common = (value: fc.Arbitrary<Expression>): fc.Arbitrary<Expression>[] => [
      fc.array(value, TWO).map((add) => ({ add })),
      fc.tuple(value, value).map((subtract) => ({ subtract })),
      fc.array(value, TWO).map((min) => ({ min })),
      fc.array(value, TWO).map((max) => ({ max })),
      fc.tuple(value, value).map(([cap, at]) => ({ cap, at })),
      fc
        .tuple(value, fc.constantFrom(0.5, 1, 3), fc.constantFrom('half-up', 'up', 'down'))
        .map(([round, to, mode]) => ({ round, to, mode }) as Expression),
      choices(value).map((highest) => ({ highest })),
      fc.tuple(choices(value), value).map(([when, otherwise]) => ({ when, else: otherwise })),
      fc
        .tuple(number, value, value, value)
        .map(([table, a, b, c]) => ({ table, bands: [band(null, a), band(-1, b), band(18.5, c)] })),
      fc
        .tuple(money, value, value)
        .map(([table, a, b]) => ({ table, bands: [band(null, a), band(1999.99, b)] })),
    ]
    const divided = (value: fc.Arbitrary<Expression>) =>
      fc
        .tuple(value, fc.constantFrom<Expression>({ fact: 'household.size' }, -3, 0.7))
        .map(([a, b]) => ({ divide: [a, b] }) as Expression)
    const elapsed = fc
      .tuple(fc.constantFrom('yearsBetween', 'monthsBetween'), tie('date'), tie('date'))
      .map(([form, from, to]) => ({ [form]: [from, to] }) as unknown as Expression)
    const comparison = conditionOver(
      FACTS.filter((fact) => member || fact.entity === 'household'),
    ).map((holds): Expression => ({ holds }))
    const oneOf = (depthSize: number, ...all: fc.Arbitrary<Expression>[]) =>
      fc.oneof({ maxDepth: 3, depthSize }, ...(all as [fc.Arbitrary<Expression>]))
    const over: fc.Arbitrary<Expression>[] = member
      ? []
      : [
          within.boolean.map((count): Expression => ({ count })),
          within.number.map((sum): Expression => ({ sum })),
        ]
    const anyAll: fc.Arbitrary<Expression>[] = member
      ? []
      : [
          within.boolean.map((any): Expression => ({ any })),
          within.boolean.map((all): Expression => ({ all })),
        ]
    return {
      date: fc.oneof(
        factOf(member, (type) => type === 'date'),
        fc.constantFrom<Expression>({ date: '2016-02-29' }, { fact: 'context.asOf' }),
      ),
      code: fc.oneof(
        factOf(member, (type) => type === 'code'),
        fc.constantFrom<Expression>('441900', { fact: 'context.jurisdiction' }),
        fc
          .tuple(
            factOf(member, (type) => type === 'boolean'),
            factOf(member, (type) => type === 'code'),
          )
          .map(([when, then]): Expression => ({ when: [choice(when, then)], else: '440100' })),
      ),
      boolean: oneOf(
        0.4,
        factOf(member, (type) => type === 'boolean'),
        comparison,
        fc.tuple(code, code).map(([a, b]): Expression => ({ within: [a, b] })),
        boolean.map((not): Expression => ({ not })),
        fc
          .tuple(choices(boolean), boolean)
          .map(([when, otherwise]): Expression => ({ when, else: otherwise })),
        fc.constant<Expression>({ unknown: 'boolean' }),
        ...anyAll,
      ),
      number: oneOf(
        0.4,
        fc.oneof(
          figure,
          factOf(member, (type, isMoney) => (type === 'integer' || type === 'decimal') && !isMoney),
        ) as fc.Arbitrary<Expression>,
        ...common(number),
        fc.tuple(number, figure).map(([a, b]): Expression => ({ multiply: [a, b] })),
        divided(number),
        elapsed,
        fc.constant<Expression>({ unknown: { min: -1.5, max: 40 } }),
        ...over,
      ),
      money: oneOf(
        0.4,
        fc.oneof(
          yuan,
          factOf(member, (_, isMoney) => isMoney),
        ),
        ...common(money),
        fc.tuple(money, figure).map(([a, b]): Expression => ({ multiply: [a, b] })),
        divided(money),
        ...(member ? [] : [within.money.map((sum): Expression => ({ sum }))]),
      ),
    }
  }) as unknown as Arbitraries
}

// Aggregates hold expressions about members, which hold no aggregates themselves.
const within = forms(true)
const outside = forms(false)

/** An amount of money about a subject, of every form the language has. */
export function amountOver(subject: Entity): fc.Arbitrary<Expression> {
  return subject === 'household' ? outside.money : fc.oneof(within.money, outside.money)
}

/** The typed tree of an expression over the test dictionary; a defect fails the test. */
export function typedExpression(json: Expression, subject: Entity): ExpressionNode {
  const report = (pointer: string, reason: string) => {
    throw new Error(`${pointer}: ${reason} in ${JSON.stringify(json)}`)
  }
  const typing = { ...testTyping(DICTIONARY, subject === 'member'), report }
  return parseExpression(json, '', typing) as ExpressionNode
}

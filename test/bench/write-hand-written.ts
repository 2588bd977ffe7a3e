// Writes hand-written-25.ts and hand-written-200.ts: the conditions of the benchmark as the
// two-valued functions a programmer would write. After a change of workload.ts:
//   npx tsc -p test/bench && node .bench/test/bench/write-hand-written.js && npm run format
import { writeFileSync } from 'node:fs'
import type { Condition, LeafCondition, Operator } from '../../src/model/condition.js'
import { FACTS, RULE_SETS, randomConditions } from './workload.js'

const SIGNS: Partial<Readonly<Record<Operator, string>>> = {
  equal: '===',
  lessThan: '<',
  lessThanInclusive: '<=',
  greaterThan: '>',
  greaterThanInclusive: '>=',
}
const TYPES: Readonly<Record<string, string>> = { integer: 'number', code: 'string' }

for (const { rules, seed } of RULE_SETS) {
  const file = new URL(`../../../test/bench/hand-written-${rules}.ts`, import.meta.url)
  writeFileSync(file, source(randomConditions(rules, seed)))
}

function source(conditions: readonly Condition[]): string {
  const fields = FACTS.map((fact) => `${nameOf(fact.id)}: ${TYPES[fact.type] ?? 'boolean'}`)
  const rules = conditions.map(
    (condition, index) =>
      `function rule${index}(h: Household): boolean {\n  return ${expression(condition)}\n}`,
  )
  const calls = conditions.map((_, index) => `verdicts[${index}] = rule${index}(h) ? 1 : 0`)
  return [
    '// Written by write-hand-written.ts.',
    `interface Household {\n${fields.join('\n')}\n}`,
    ...rules,
    '/** Decides every rule for a household that knows everything: 1 for yes. */',
    `export function decide(h: Household, verdicts: Uint8Array): void {\n${calls.join('\n')}\n}\n`,
  ].join('\n\n')
}

function nameOf(id: string): string {
  return id.slice('household.'.length)
}

function expression(node: Condition): string {
  if ('fact' in node) return comparison(node)
  if ('not' in node) return `!(${expression(node.not)})`
  const [children, sign] = 'all' in node ? [node.all, '&&'] : [node.any, '||']
  return children.map((child) => `(${expression(child)})`).join(` ${sign} `)
}

function comparison({ fact, operator, value }: LeafCondition): string {
  const field = `h.${nameOf(fact)}`
  const sign = SIGNS[operator]
  if (sign !== undefined) return `${field} ${sign} ${literal(value)}`
  const among = (value as readonly string[]).map((code) => `${field} === ${literal(code)}`)
  return operator === 'in' ? among.join(' || ') : `!(${among.join(' || ')})`
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value)
}

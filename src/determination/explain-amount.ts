import type { NumberBounds } from '../engine/bounds.js'
import { numberIn } from '../engine/expression-bounds.js'
import type { Arithmetic, ExpressionNode } from '../engine/expression-node.js'
import { divide, toNumber, whole } from '../engine/ratio.js'
import type { Words } from '../model/language.js'
import type { AnswerContext } from './answer-context.js'

const SIGNS: Readonly<Record<Exclude<Arithmetic, 'min' | 'max'>, string>> = {
  add: ' + ',
  subtract: ' − ',
  multiply: ' × ',
  divide: ' ÷ ',
}
const CHOICES: Readonly<Record<'min' | 'max', Words>> = {
  min: { zh: '取小', en: 'the lesser of' },
  max: { zh: '取大', en: 'the greater of' },
}

/** How a known amount was computed, one line a step, innermost first. */
export function explainAmount(
  amount: ExpressionNode,
  member: number,
  context: AnswerContext,
): readonly string[] {
  const steps: string[] = []
  write(amount, member, context, steps)
  return steps
}

/** The words of an expression for the step around it; steps inside it are written first. */
function write(
  node: ExpressionNode,
  member: number,
  context: AnswerContext,
  steps: string[],
): string {
  const value = valueText(numberIn(node, context.facts, member), node)
  if (node.kind === 'fact') return `${node.fact.fact.label[context.language]} ${value}`
  if (node.kind === 'parameter') return `${value} (${node.clause})`
  if (node.kind === 'arithmetic') {
    const operands = node.operands.map((operand) => write(operand, member, context, steps))
    steps.push(`${joined(node.operator, operands, context)} = ${value}`)
  }
  return value
}

function joined(
  operator: Arithmetic,
  operands: readonly string[],
  { language }: AnswerContext,
): string {
  if (operator === 'min' || operator === 'max')
    return `${CHOICES[operator][language]} (${operands.join(', ')})`
  return operands.join(SIGNS[operator])
}

function valueText({ lo }: NumberBounds, node: ExpressionNode): string {
  return String(toNumber(node.type === 'money' ? divide(lo, whole(100)) : lo, 6))
}

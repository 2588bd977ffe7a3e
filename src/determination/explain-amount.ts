import type { NumberBounds } from '../engine/bounds.js'
import { numberIn } from '../engine/expression-bounds.js'
import type { Arithmetic, ExpressionNode } from '../engine/expression-node.js'
import { divide, toNumber, whole } from '../engine/ratio.js'
import type { Words } from '../model/language.js'
import { type Programme, parameterName } from '../model/programme.js'
import type { AnswerContext } from './answer-context.js'

const SIGNS: Readonly<Record<Exclude<Arithmetic, 'min' | 'max'>, string>> = {
  add: ' + ',
  subtract: ' − ',
  multiply: ' × ',
  divide: ' ÷ ',
}
const CHOICES: Readonly<Record<'min' | 'max', Words>> = {
  min: { zh: '取较小者', en: 'the lesser of' },
  max: { zh: '取较大者', en: 'the greater of' },
}

/** Where an amount is explained, and the programme that names its parameters. */
export interface AmountContext extends AnswerContext {
  readonly programme: Programme | undefined
}

/** How a known amount was computed, one line a step, innermost first. */
export function explainAmount(
  amount: ExpressionNode,
  member: number,
  context: AmountContext,
): readonly string[] {
  const steps: string[] = []
  write(amount, member, context, steps)
  return steps
}

/** The words of an expression for the step around it; steps inside it are written first. */
function write(
  node: ExpressionNode,
  member: number,
  context: AmountContext,
  steps: string[],
): string {
  const value = valueText(numberIn(node, context.facts, member), node)
  if (node.kind === 'fact') return `${node.fact.fact.label[context.language]} ${value}`
  if (node.kind === 'parameter') {
    const name = parameterName(context.programme, node.name)[context.language]
    return context.language === 'zh'
      ? `${name} ${value}（${node.clause}）`
      : `${name} ${value} (${node.clause})`
  }
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
    return language === 'zh'
      ? `${operands.join('、')}，${CHOICES[operator].zh}`
      : `${CHOICES[operator].en} (${operands.join(', ')})`
  return operands.join(SIGNS[operator])
}

function valueText({ lo }: NumberBounds, node: ExpressionNode): string {
  return String(toNumber(node.type === 'money' ? divide(lo, whole(100)) : lo, 6))
}

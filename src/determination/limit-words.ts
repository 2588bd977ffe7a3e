import type { z } from 'zod'
import type { Words } from '../model/language.js'

/** The end that was passed, by what the schema counts: characters, items or the number itself. */
const MOST: Readonly<Record<string, (most: string) => Words>> = {
  string: (most) => ({ zh: `不能超过 ${most} 个字符`, en: `must have at most ${most} characters` }),
  array: (most) => ({ zh: `不能超过 ${most} 项`, en: `must list at most ${most}` }),
}
const mostNumber = (most: string): Words => ({
  zh: `不能大于 ${most}`,
  en: `must be at most ${most}`,
})

/** What would be within the limits of the schema, never what was given; undefined where none was passed. */
export function limitWords(issue: z.core.$ZodIssue): Words | undefined {
  if (issue.code === 'too_big')
    return (MOST[issue.origin] ?? mostNumber)(numberText(Number(issue.maximum)))
  if (issue.code === 'too_small' && issue.origin === 'number') {
    const least = numberText(Number(issue.minimum))
    return { zh: `不能小于 ${least}`, en: `must be at least ${least}` }
  }
  return issue.code === 'custom' ? issue.params?.limits : undefined
}

/** A limit as it is written in a message. */
export function numberText(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 3 })
}

/** For a schema that tests a date by itself: what it says when it refuses, and between which days. */
export function datesBetween(first: string, last: string) {
  const limits = {
    zh: `应在 ${first} 至 ${last} 之间`,
    en: `must be from ${first} to ${last}`,
  }
  return { params: { fault: 'out-of-range', limits } }
}

/** For a schema that counts decimals by itself: what it says when there are more. */
export function decimalsAtMost(most: number) {
  const limits = {
    zh: `小数最多 ${most} 位`,
    en: `must have at most ${most} decimals`,
  }
  return { params: { fault: 'too-many-decimals', limits } }
}

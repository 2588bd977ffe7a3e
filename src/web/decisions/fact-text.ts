import { quantity } from '../answer/quantity.ts'
import type { Fact } from '../api/client.ts'
import { readUnit } from '../words/use-names.ts'
import type { Language, PageWords } from '../words/use-words.ts'

/** Words, and in which language names of codes are wanted. */
export interface Reading {
  readonly w: PageWords
  readonly language: Language
}

/** A stated value in words: names of codes, numbers with their unit, yes or no. */
export function factText(value: unknown, fact: Fact | undefined, reading: Reading): string {
  const { w, language } = reading
  if (value === null || value === undefined) return w.common.notKnown
  if (typeof value === 'boolean') return value ? w.common.yes : w.common.no
  if (typeof value === 'number') return quantity(value, readUnit(fact), w)
  if (!Array.isArray(value)) return fact?.values?.[String(value)]?.[language] ?? String(value)
  if (value.length === 0) return w.common.none
  return value.map((one) => factText(one, fact, reading)).join(language === 'zh' ? '、' : ', ')
}

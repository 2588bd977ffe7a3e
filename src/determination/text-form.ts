import type { z } from 'zod'
import { DATE_PATTERN } from '../model/civil-date.js'
import { VISIBLE } from '../model/decision.js'
import { MEMBER_ID } from '../model/household.js'
import type { Words } from '../model/language.js'
import { PROGRAMME_ID, REGION_CODE } from '../model/programme.js'

/** What a text must look like, by the format or pattern that it misses. */
const FORMS: Readonly<Record<string, Words>> = {
  datetime: {
    zh: '应为带时区的时刻，如 2020-06-01T00:00:00Z',
    en: 'must be an instant with its zone, such as 2020-06-01T00:00:00Z',
  },
  [DATE_PATTERN.source]: {
    zh: '应为日期，如 2020-06-01',
    en: 'must be a date such as 2020-06-01',
  },
  [REGION_CODE.source]: {
    zh: '应为六位数字，如 GB/T 2260 代码',
    en: 'must be six digits, such as a GB/T 2260 code',
  },
  [MEMBER_ID.source]: {
    zh: '应为 1 至 64 个字母、数字、“_”或“-”',
    en: 'must be 1 to 64 letters, digits, _ or -',
  },
  [VISIBLE.source]: { zh: '不能为空', en: 'must not be empty' },
  [PROGRAMME_ID.source]: {
    zh: '应为项目编号，如 city/programme',
    en: 'must be a programme id such as city/programme',
  },
}

/** What a text with this fault must look like; undefined where no words say it. */
export function textForm(issue: z.core.$ZodIssue): Words | undefined {
  if (issue.code !== 'invalid_format') return undefined
  const { format, pattern = '' } = issue
  return FORMS[format === 'regex' ? pattern.slice(1, pattern.lastIndexOf('/')) : format]
}

import { resolve } from 'node:path'
import { CivilDate, Instant } from '../model/civil-date.js'
import { LANGUAGES, type Language } from '../model/language.js'
import { type Io, UsageError } from './io.js'

/** Options as parsed: text, true for flags, and a list for what may be given several times. */
export type Options = Readonly<Record<string, string | boolean | readonly string[] | undefined>>

/** The text of an option that must be given. */
export function required(options: Options, name: string): string {
  const value = options[name]
  if (typeof value === 'string') return value
  throw new UsageError(`--${name} is needed`)
}

/** The text of an option, when it is given. */
export function optional(options: Options, name: string): string | undefined {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}

/** The texts of an option that may be given several times. */
export function several(options: Options, name: string): readonly string[] {
  const value = options[name]
  return Array.isArray(value) ? value : []
}

/** The whole path of an option, when it is given. */
export function pathOption(
  options: Options,
  name: string,
  { cwd }: Pick<Io, 'cwd'>,
): string | undefined {
  const path = optional(options, name)
  return path === undefined ? undefined : resolve(cwd, path)
}

/** A whole number above 0 from an option. */
export function wholeNumber(options: Options, name: string): number | undefined {
  const text = options[name]
  if (text === undefined) return undefined
  if (typeof text === 'string' && /^[1-9]\d{0,9}$/.test(text)) return Number(text)
  throw new UsageError(`--${name} is a whole number above 0`)
}

/** A civil date from an option. */
export function dayOption(options: Options, name: string): string | undefined {
  const text = options[name]
  if (text === undefined) return undefined
  if (CivilDate.safeParse(text).success) return String(text)
  throw new UsageError(`--${name} is a day YYYY-MM-DD`)
}

/** An instant from an option. */
export function instantOption(options: Options, name: string): string | undefined {
  const text = options[name]
  if (text === undefined) return undefined
  if (Instant.safeParse(text).success) return String(text)
  throw new UsageError(`--${name} is an instant such as 2026-11-22T00:00:00Z`)
}

/** The language of `--language`; Chinese when it is not given. */
export function languageOption(options: Options): Language {
  const language = LANGUAGES.find((name) => name === (options.language ?? 'zh'))
  if (language === undefined) throw new UsageError(`--language is one of ${LANGUAGES.join(', ')}`)
  return language
}

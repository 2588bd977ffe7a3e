import { LANGUAGES, type Language } from '../model/language.js'

/**
 * The language an Accept-Language header asks for most (RFC 9110, 12.5.4); Chinese when it names
 * none of ours. Of equal weights the first counts.
 */
export function negotiateLanguage(header: string | undefined): Language {
  let best: Language = LANGUAGES[0]
  let weight = 0
  for (const range of (header ?? '').split(',')) {
    const [tag = '', ...parameters] = range
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/)
    const language = LANGUAGES.find((one) => one === tag.split('-')[0])
    const asked = weightOf(parameters)
    if (language !== undefined && asked > weight) {
      best = language
      weight = asked
    }
  }
  return best
}

function weightOf(parameters: readonly string[]): number {
  const quality = parameters.find((parameter) => parameter.startsWith('q='))
  return quality === undefined ? 1 : Number(quality.slice(2)) || 0
}

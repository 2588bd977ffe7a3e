import type { Language } from '../model/language.js'
import type { Preparation } from './prepare.js'

/** What every part of an answer may look at. */
export interface AnswerContext extends Pick<Preparation, 'rulebook' | 'request' | 'facts'> {
  readonly language: Language
}

import { createContext, useContext } from 'react'
import { en } from './en.ts'
import { zh } from './zh.ts'

export type Language = 'zh' | 'en'
/** Every text of the pages; both tables have the same keys. */
export type PageWords = typeof zh

const WORDS: Readonly<Record<Language, PageWords>> = { zh, en }

export const LanguageContext = createContext<Language>('zh')

/** The language chosen and its texts. */
export function useWords(): { language: Language; w: PageWords } {
  const language = useContext(LanguageContext)
  return { language, w: WORDS[language] }
}

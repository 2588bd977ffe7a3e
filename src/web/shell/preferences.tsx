import { useEffect, useState } from 'react'
import type { Language } from '../words/use-words.ts'

/** How someone reads: kept in the browser, for it says nothing about any household. */
export interface Preferences {
  readonly language: Language
  readonly largeType: boolean
  readonly highContrast: boolean
}

const KEY = 'huimin-reading'
const FIRST: Preferences = { language: 'zh', largeType: false, highContrast: false }

/** The preferences and a function that changes some of them. */
export function usePreferences(): [Preferences, (change: Partial<Preferences>) => void] {
  const [preferences, set] = useState<Preferences>(read)
  useEffect(() => {
    const { dataset } = document.documentElement
    document.documentElement.lang = preferences.language === 'zh' ? 'zh-Hans' : 'en'
    dataset.type = preferences.largeType ? 'large' : 'usual'
    dataset.contrast = preferences.highContrast ? 'high' : 'usual'
    try {
      localStorage.setItem(KEY, JSON.stringify(preferences))
    } catch {
      // Storage may be switched off; the choice then lasts as long as the page.
    }
  }, [preferences])
  return [preferences, (change) => set((before) => ({ ...before, ...change }))]
}

function read(): Preferences {
  try {
    return { ...FIRST, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') }
  } catch {
    return FIRST
  }
}

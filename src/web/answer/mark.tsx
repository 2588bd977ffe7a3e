import { useWords } from '../words/use-words.ts'

/** How something stands: always an icon and a word, never colour alone. */
export type Standing = 'met' | 'unmet' | 'open'

const PATHS: Readonly<Record<Standing, string>> = {
  met: 'M4 10.5l4 4 8-9',
  unmet: 'M5 5l10 10M15 5L5 15',
  open: 'M6.5 7.5a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.1-1.5 2.3M10 16v.6',
}

export function Icon({ standing }: { standing: Standing }) {
  return (
    <svg width="1.15em" height="1.15em" viewBox="0 0 20 20" aria-hidden="true">
      <circle cx="10" cy="10" r="9.2" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d={PATHS[standing]} fill="none" stroke="currentColor" strokeWidth="2.2" />
    </svg>
  )
}

/** Met, not met or not known. */
export function MetMark({ met }: { met: boolean | null }) {
  const { w } = useWords()
  const standing = met === null ? 'open' : met ? 'met' : 'unmet'
  const word = met === null ? w.answer.open : met ? w.answer.met : w.answer.notMet
  return (
    <span className={`mark ${standing}`}>
      <Icon standing={standing} />
      {word}
    </span>
  )
}

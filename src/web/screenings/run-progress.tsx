import type { Screening } from '../api/screenings.ts'
import { useWords } from '../words/use-words.ts'
import { countWord } from './in-words.ts'

/** How far a screening has come: a bar, and now and then a word to a screen reader. */
export function RunProgress({ screening }: { screening: Screening }) {
  const { w } = useWords()
  const words = w.screenings.one
  const { status, progress } = screening
  if (status === 'queued') return <p role="status">{words.queuedHelp}</p>
  if (status !== 'running' || progress === null) return null
  const { phase, done, total, remainingSeconds } = progress
  const text = words.progress(words.phase[phase], countWord(done), countWord(total))
  const tenths = total === 0 ? 0 : Math.floor((done / total) * 10)
  return (
    <>
      <progress className="run" max={Math.max(total, 1)} value={done} aria-label={text} />
      <p>
        {text}
        {remainingSeconds !== null && ` · ${words.left(remainingSeconds)}`}
      </p>
      <p role="status" className="visually-hidden">
        {words.phase[phase]} {tenths * 10}%
      </p>
    </>
  )
}

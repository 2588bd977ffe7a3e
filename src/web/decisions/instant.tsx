import { beijing } from '../words/beijing.ts'
import { useWords } from '../words/use-words.ts'

/** An instant in Beijing time. */
export function Instant({ at }: { at: string }) {
  const { w } = useWords()
  return (
    <time dateTime={at} title={`${w.decisions.beijing} · ${at}`}>
      {beijing(at)}
    </time>
  )
}

import { useWords } from '../words/use-words.ts'

// Swedish writes dates as ISO does.
const SHANGHAI = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
})

/** An instant as the clock in Beijing shows it; what is none stays as it is. */
export function beijing(at: string): string {
  const time = Date.parse(at)
  return Number.isNaN(time) ? at : SHANGHAI.format(time)
}

/** An instant in Beijing time. */
export function Instant({ at }: { at: string }) {
  const { w } = useWords()
  return (
    <time dateTime={at} title={`${w.decisions.beijing} · ${at}`}>
      {beijing(at)}
    </time>
  )
}

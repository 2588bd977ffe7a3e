import { useWords } from '../words/use-words.ts'

const CLOCK = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
})

/** An instant of the service as the clock on the wall says it. */
export function useMoment(): (instant: string) => string {
  const { w } = useWords()
  return (instant) => w.record.inBeijing(CLOCK.format(new Date(instant)))
}

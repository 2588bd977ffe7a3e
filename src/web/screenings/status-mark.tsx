import type { Screening } from '../api/screenings.ts'
import { useWords } from '../words/use-words.ts'

type Status = Screening['status']

const PATHS: Readonly<Record<Status, string>> = {
  queued: 'M10 5v5l3 2',
  running: 'M10 4.5a5.5 5.5 0 1 1-5.2 3.7M4.4 4.6v4h4',
  finished: 'M5 10.5l3.5 3.5 6.5-7.5',
  failed: 'M10 5v6.2M10 14v1.2',
  cancelled: 'M6 6l8 8M14 6l-8 8',
}
const CLASSES: Readonly<Record<Status, string>> = {
  queued: 'open',
  running: 'open',
  finished: 'met',
  failed: 'unmet',
  cancelled: 'unmet',
}

/** How a screening stands: an icon and a word. */
export function StatusMark({ status }: { status: Status }) {
  const { w } = useWords()
  return (
    <span className={`mark ${CLASSES[status]}`}>
      <svg width="1.15em" height="1.15em" viewBox="0 0 20 20" aria-hidden="true">
        <circle cx="10" cy="10" r="9.2" fill="none" stroke="currentColor" strokeWidth="1.4" />
        <path d={PATHS[status]} fill="none" stroke="currentColor" strokeWidth="2" />
      </svg>
      {w.screenings.status[status]}
    </span>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Asking } from '../api/client.ts'
import { readings } from '../api/ledger.ts'
import { FetchedByRight } from '../shell/fetched-by-right.tsx'
import { useWords } from '../words/use-words.ts'
import { Instant } from './instant.tsx'

/** Who looked at a decision, fetched when it is opened. */
export function ReadingsCard({ asking, id }: { asking: Asking; id: string }) {
  const { w } = useWords()
  const words = w.decisions.readings
  const [open, setOpen] = useState(false)
  return (
    <section aria-labelledby="readings">
      <h2 id="readings">{words.title}</h2>
      <details className="more" open={open} onToggle={(e) => setOpen(e.currentTarget.open)}>
        <summary>{words.show}</summary>
        {open && <Readings asking={asking} id={id} />}
      </details>
    </section>
  )
}

function Readings({ asking, id }: { asking: Asking; id: string }) {
  const { w } = useWords()
  const words = w.decisions.readings
  const query = useQuery(readings(asking, id))
  return (
    <FetchedByRight query={query} scopes="audit">
      {({ items, next }) => (
        <>
          <p className="quiet">{words.lead}</p>
          {items.length === 0 && <p>{words.none}</p>}
          <ul>
            {items.map((reading) => (
              <li key={reading.id}>
                <Instant at={reading.readAt} /> · {reading.actor}
                {reading.office !== null && ` (${reading.office})`} · {words.acts[reading.act]}
              </li>
            ))}
          </ul>
          {next !== null && <p>{words.first(items.length)}</p>}
        </>
      )}
    </FetchedByRight>
  )
}

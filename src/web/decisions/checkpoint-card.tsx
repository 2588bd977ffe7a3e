import { useQuery } from '@tanstack/react-query'
import type { Asking } from '../api/client.ts'
import { ApiProblem } from '../api/client.ts'
import { FetchedByRight } from '../shell/fetched-by-right.tsx'
import { NamedValues } from '../shell/named-values.tsx'
import { useWords } from '../words/use-words.ts'
import { DeliveryState } from './delivery-state.tsx'
import { Instant } from './instant.tsx'
import { type LogState, logState } from './log-state.ts'
import { OutsideCheck } from './outside-check.tsx'
import { parseCheckpoint } from './proof/signed-note.ts'
import { StepMark } from './step-list.tsx'

/** How it stands with the log: its size and root, its signature, and when it was last taken outside. */
export function CheckpointCard({ asking }: { asking: Asking }) {
  const { w } = useWords()
  const query = useQuery(logState(asking))
  const { error } = query
  if (error instanceof ApiProblem && error.problem.status === 403)
    return <p className="quiet">{w.decisions.checkpoint.auditors}</p>
  return (
    <section aria-labelledby="checkpoint">
      <h2 id="checkpoint">{w.decisions.checkpoint.title}</h2>
      <FetchedByRight query={query} scopes="audit">
        {(log) => <LogCard asking={asking} log={log} />}
      </FetchedByRight>
    </section>
  )
}

function LogCard({ asking, log }: { asking: Asking; log: LogState }) {
  const { w } = useWords()
  const words = w.decisions.checkpoint
  const { note, signedAt, signature, deliveries } = log
  const { origin, size, root } = parseCheckpoint(note) ?? { origin: '—', size: 0, root: '—' }
  return (
    <div className="card">
      <DeliveryState deliveries={deliveries} size={size} />
      <NamedValues
        rows={[
          [words.size, size.toLocaleString('en-US')],
          [words.signature, <StepMark key="signature" standing={signature} />],
          [words.signedAt, signedAt === null ? '—' : <Instant key="at" at={signedAt} />],
          [words.root, <code key="root">{root}</code>],
          [words.origin, <code key="origin">{origin}</code>],
        ]}
      />
      <p className="quiet">{words.lead}</p>
      <OutsideCheck asking={asking} log={log} />
    </div>
  )
}

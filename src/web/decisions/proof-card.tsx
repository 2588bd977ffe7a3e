import { Button } from '@mantine/core'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Icon } from '../answer/mark.tsx'
import { ApiProblem, type Asking } from '../api/client.ts'
import {
  fetchCheckpoint,
  fetchEntries,
  fetchInclusion,
  fetchPublicKeys,
  type RecordedDecision,
  sealedFacts,
} from '../api/ledger.ts'
import { queryClient } from '../api/queries.ts'
import { Fault } from '../shell/fetched-by-right.tsx'
import { Loading } from '../shell/states.tsx'
import { useWords } from '../words/use-words.ts'
import { canHash } from './proof/bytes.ts'
import { checkDecision, type Evidence } from './proof/check-decision.ts'
import { parseCheckpoint } from './proof/signed-note.ts'
import type { Step } from './proof/step.ts'
import { StepList } from './step-list.tsx'

interface ProofCardProps {
  readonly asking: Asking
  readonly decision: RecordedDecision
}

/** What the log gives about a decision, and how it was found to be. */
const proof = (asking: Asking, decision: RecordedDecision) =>
  queryOptions({
    gcTime: 0,
    retry: false,
    queryKey: ['proof', asking.token, decision.id],
    queryFn: async () => {
      const evidence = await evidenceOf(asking, decision)
      return { evidence, steps: await checkDecision(decision, evidence) }
    },
  })

async function evidenceOf(asking: Asking, decision: RecordedDecision): Promise<Evidence> {
  const { id, factsErasedAt } = decision
  const { note } = await fetchCheckpoint(asking)
  // At the size of this very checkpoint, however fast the log grows.
  const size = parseCheckpoint(note)?.size ?? 0
  const inclusion = await fetchInclusion(asking, id, size)
  const [{ keys }, { entries }, sealed] = await Promise.all([
    fetchPublicKeys(asking),
    fetchEntries(asking, inclusion.leafIndex),
    factsErasedAt === null ? queryClient.fetchQuery(sealedFacts(asking, id)) : null,
  ])
  return { keys: keys.map(({ verifier }) => verifier), note, inclusion, entry: entries[0], sealed }
}

/** A decision checked against the log by this browser, step by step. */
export function ProofCard(props: ProofCardProps) {
  const { w } = useWords()
  const words = w.decisions.proof
  return (
    <section aria-labelledby="proof">
      <h2 id="proof">{words.title}</h2>
      {canHash() ? (
        <Checked {...props} />
      ) : (
        <Verdict standing="open" title={words.impossible} help={words.impossibleHelp} />
      )}
    </section>
  )
}

function Checked({ asking, decision }: ProofCardProps) {
  const { w } = useWords()
  const words = w.decisions.proof
  const query = useQuery(proof(asking, decision))
  const { data, error, refetch, isFetching } = query
  const again = (
    <Button variant="default" loading={isFetching} onClick={() => void refetch()}>
      {words.again}
    </Button>
  )
  if (data === undefined && error === null) return <Loading />
  if (error instanceof ApiProblem && error.problem.code === 'not-yet-sequenced')
    return (
      <div className="card">
        <p role="status">{words.pending}</p>
        {again}
      </div>
    )
  if (data === undefined)
    return <Fault error={error as Error} scopes="audit" again={() => void refetch()} />
  const { evidence, steps } = data
  const { leafIndex, treeSize } = evidence.inclusion
  return (
    <Verdict {...verdictOf(steps, words)}>
      <p>{words.place(leafIndex, treeSize)}</p>
      <p className="quiet">{words.lead}</p>
      <StepList steps={steps} />
      <details className="more">
        <summary>{words.keys}</summary>
        <ul>
          {evidence.keys.map((line) => (
            <li key={line}>
              <code>{line}</code>
            </li>
          ))}
        </ul>
      </details>
      <p className="quiet">{words.trust}</p>
      {again}
    </Verdict>
  )
}

interface VerdictProps {
  readonly standing: 'met' | 'unmet' | 'open'
  readonly title: string
  readonly help: string | null
  readonly children?: React.ReactNode
}

const EDGE = { met: 'eligible', unmet: 'ineligible', open: 'unknown' } as const

function Verdict({ standing, title, help, children }: VerdictProps) {
  return (
    <div className={`card ${EDGE[standing]}`} data-verdict={standing}>
      <p role="status">
        <span className={`mark wraps ${standing}`}>
          <Icon standing={standing} />
          {title}
        </span>
      </p>
      {help !== null && <p>{help}</p>}
      {children}
    </div>
  )
}

type ProofWords = ReturnType<typeof useWords>['w']['decisions']['proof']

function verdictOf(steps: readonly Step[], words: ProofWords): Omit<VerdictProps, 'children'> {
  const count = (wanted: Step['standing']) =>
    steps.filter(({ standing }) => standing === wanted).length
  const failed = count('failed')
  if (failed > 0)
    return { standing: 'unmet', title: words.someFailed(failed), help: words.someFailedHelp }
  if (count('uncheckable') > 0)
    return { standing: 'open', title: words.partly, help: words.partlyHelp }
  if (count('gone') > 0) return { standing: 'met', title: words.passedButGone, help: null }
  return { standing: 'met', title: words.allPassed, help: null }
}

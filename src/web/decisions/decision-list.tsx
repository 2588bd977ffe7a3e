import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { Asking } from '../api/client.ts'
import { decisions, type Filters, type ListedDecision } from '../api/ledger.ts'
import { FetchedByRight } from '../shell/fetched-by-right.tsx'
import { Empty } from '../shell/states.tsx'
import { useProgrammeName } from '../words/use-names.ts'
import { useWords } from '../words/use-words.ts'
import { OutcomeCounts } from './by-outcome.tsx'
import { Instant } from './instant.tsx'
import { RecordedMark } from './recorded-mark.tsx'
import { subjectKey, subjectText } from './subject-text.ts'

interface DecisionListProps {
  readonly asking: Asking
  readonly filters: Filters
  /** Which search this is: the same filters may be asked for again. */
  readonly round: number
}

/** The decisions that match, newest first. */
export function DecisionList({ asking, filters, round }: DecisionListProps) {
  const { w } = useWords()
  const query = useInfiniteQuery(decisions(asking, filters, round))
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  return (
    <FetchedByRight query={query} scopes="decisions:read, audit">
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items)
        if (items.length === 0)
          return <Empty title={w.decisions.none} help={w.decisions.noneHelp} />
        return (
          <>
            <p role="status">{w.decisions.found(items.length, hasNextPage)}</p>
            {items.map((one) => (
              <Row key={one.id} decision={one} />
            ))}
            {hasNextPage && (
              <Button
                variant="default"
                loading={isFetchingNextPage}
                onClick={() => void fetchNextPage()}
              >
                {w.decisions.more}
              </Button>
            )}
          </>
        )
      }}
    </FetchedByRight>
  )
}

/** Of a decision with more outcomes they are counted, not listed. */
const MOST_LISTED = 3

function Row({ decision }: { decision: ListedDecision }) {
  const { w } = useWords()
  const name = useProgrammeName()
  const { id, recordedAt, caseReference, office, actor, outcomes } = decision
  return (
    <article className="card ledger-row">
      <div>
        <h3>
          <Link href={`/decisions/${id}`}>{caseReference}</Link>
        </h3>
        <Instant at={recordedAt} />
      </div>
      <p className="quiet">
        {w.decisions.office} {office}
        <br />
        {w.decisions.actor} {actor}
      </p>
      <ul className="bare">
        {outcomes.length > MOST_LISTED ? (
          <OutcomeCounts outcomes={outcomes.map(({ outcome }) => outcome)} />
        ) : (
          outcomes.map((one) => (
            <li key={subjectKey(one)}>
              <RecordedMark outcome={one.outcome} /> {name(one.programme)}
              {one.subject.kind === 'member' && ` · ${subjectText(one.subject, w)}`}
            </li>
          ))
        )}
      </ul>
    </article>
  )
}

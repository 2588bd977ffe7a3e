import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'wouter'
import type { Asking } from '../api/client.ts'
import { recordedDecision } from '../api/ledger.ts'
import { BehindSignIn } from '../shell/behind-sign-in.tsx'
import { FetchedByRight } from '../shell/fetched-by-right.tsx'
import { Screen } from '../shell/screen.tsx'
import { useWords } from '../words/use-words.ts'
import { ProofCard } from './proof-card.tsx'
import { ReadingsCard } from './readings-card.tsx'
import { RecordCard } from './record-card.tsx'
import { RecordedFacts } from './recorded-facts.tsx'
import { RecordedOutcomes } from './recorded-outcomes.tsx'
import { ReplayCard } from './replay-card.tsx'
import { ReviewsCard } from './reviews-card.tsx'

/** One recorded decision: what stands in it, whether it was altered, and what it would be today. */
export default function DecisionScreen() {
  const { w } = useWords()
  const { id = '' } = useParams()
  // The title stays in the browser's history: the case has no place in it.
  return (
    <Screen title={w.decisions.decision}>
      <p className="no-print">
        <Link href="/decisions">{w.decisions.toDecisions}</Link>
      </p>
      <BehindSignIn help={w.decisions.signedOutHelp}>
        {(asking) => <Recorded key={id} asking={asking} id={id} />}
      </BehindSignIn>
    </Screen>
  )
}

function Recorded({ asking, id }: { asking: Asking; id: string }) {
  const query = useQuery(recordedDecision(asking, id))
  return (
    <FetchedByRight query={query} scopes="decisions:read, audit">
      {(decision) => (
        <>
          <RecordCard decision={decision} />
          <ProofCard asking={asking} decision={decision} />
          <RecordedOutcomes decision={decision} />
          <ReviewsCard decision={decision} />
          <ReplayCard asking={asking} decision={decision} />
          <RecordedFacts asking={asking} decision={decision} />
          <ReadingsCard asking={asking} id={id} />
        </>
      )}
    </FetchedByRight>
  )
}

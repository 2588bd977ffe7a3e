import { useState } from 'react'
import { Link } from 'wouter'
import type { Asking } from '../api/client.ts'
import type { Filters } from '../api/ledger.ts'
import { BehindSignIn } from '../shell/behind-sign-in.tsx'
import { Screen } from '../shell/screen.tsx'
import { useWords } from '../words/use-words.ts'
import { CheckpointCard } from './checkpoint-card.tsx'
import { DecisionFilters, NO_FILTERS } from './decision-filters.tsx'
import { DecisionList } from './decision-list.tsx'

/** Recorded decisions, and how it stands with the log they are in. */
export default function DecisionsScreen() {
  const { w } = useWords()
  return (
    <Screen title={w.decisions.title}>
      <p className="lead">{w.decisions.lead}</p>
      <BehindSignIn help={w.decisions.signedOutHelp}>
        {(asking) => <Decisions asking={asking} />}
      </BehindSignIn>
    </Screen>
  )
}

/** The filters last used, for the way back from a decision: in memory, and of this sign-in only. */
let kept: { readonly token: string; readonly filters: Filters } | null = null

function Decisions({ asking }: { asking: Asking }) {
  const { w } = useWords()
  const { token } = asking
  const [filters, setFilters] = useState(kept?.token === token ? kept.filters : NO_FILTERS)
  const [round, setRound] = useState(0)
  const apply = (asked: Filters) => {
    kept = { token, filters: asked }
    setFilters(asked)
    setRound((before) => before + 1)
  }
  return (
    <>
      <CheckpointCard asking={asking} />
      <p>
        <Link href="/recalculations">{w.decisions.toWorklist}</Link>
      </p>
      <h2>{w.decisions.find}</h2>
      <DecisionFilters applied={filters} apply={apply} />
      <p className="quiet">{w.decisions.outcomesHelp}</p>
      <DecisionList asking={asking} filters={filters} round={round} />
    </>
  )
}

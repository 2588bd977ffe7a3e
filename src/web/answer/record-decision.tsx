import { useRef } from 'react'
import type { Answer, DeterminationRequest } from '../api/client.ts'
import { useAsked } from '../household/asked.tsx'
import { useOutdated } from '../household/use-outdated.ts'
import { lazyPart } from '../shell/lazy-screen.tsx'
import { useSession } from '../shell/session.tsx'
import { SignInLink } from '../shell/sign-in-link.tsx'
import { useWords } from '../words/use-words.ts'
import { RecordForm } from './record-form.tsx'
import { Recorded } from './recorded.tsx'

const SignInWays = lazyPart(() => import('../sign-in/sign-in-ways.tsx'))

interface RecordProps {
  readonly answer: Answer
  readonly request: DeterminationRequest
}

/** Records the answer as a decision, for those who may. */
export function RecordDecision({ answer, request }: RecordProps) {
  const { w } = useWords()
  const { token, name, expired } = useSession()
  const { decision } = useAsked()
  const outdated = useOutdated()
  const before = useRef(decision)
  return (
    <section className="card no-print" aria-labelledby="record">
      <h2 id="record" style={{ marginTop: 0 }}>
        {w.record.title}
      </h2>
      {expired && (
        <div className="attention">
          <p role="alert">
            <strong>{w.signIn.expired}</strong>
          </p>
          <SignInWays done={() => {}} />
        </div>
      )}
      {name !== null && <p className="quiet">{w.record.as(name)}</p>}
      {decision !== null ? (
        <Recorded answer={answer} decision={decision} isNew={before.current === null} />
      ) : outdated ? (
        <p>{w.answer.outdated}</p>
      ) : token !== null || expired ? (
        <RecordForm answer={answer} request={request} />
      ) : (
        <p>
          {w.record.signedOut} <SignInLink />
        </p>
      )}
    </section>
  )
}

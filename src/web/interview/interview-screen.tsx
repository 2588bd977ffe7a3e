import { Button } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Fact } from '../api/client.ts'
import { determination, facts } from '../api/queries.ts'
import { useAsked } from '../household/asked.tsx'
import { Screen } from '../shell/screen.tsx'
import { Failed, Fetched, Loading } from '../shell/states.tsx'
import { useWords } from '../words/use-words.ts'
import { Ask } from './ask.tsx'
import { Beginning } from './beginning.tsx'
import { type Interview, nextQuestion, requestOf, wentBack } from './interview.ts'
import { InterviewSummary } from './interview-summary.tsx'

/** The citizen's way: one question at a time. */
export default function InterviewScreen() {
  const { w } = useWords()
  const { interview } = useAsked()
  const dictionary = useQuery(facts)
  return (
    <Screen title={w.interview.title}>
      <p className="lead no-print">{w.interview.lead}</p>
      {interview === null ? (
        <Beginning />
      ) : (
        <Fetched query={dictionary}>
          {(known) => (
            <Running key={interview.askings.length} facts={known} interview={interview} />
          )}
        </Fetched>
      )}
    </Screen>
  )
}

interface RunningProps {
  readonly facts: readonly Fact[]
  readonly interview: Interview
}

/** The question that stands next, or the summary; the former language stays until the other is there. */
function Running({ facts, interview }: RunningProps) {
  const { language } = useWords()
  const request = requestOf(interview, facts)
  const query = useQuery({
    ...determination(request, language),
    placeholderData: keepPreviousData,
  })
  const { data, error } = query
  if (error !== null)
    return (
      <>
        <Failed error={error} again={() => void query.refetch()} />
        <WaysBack interview={interview} />
      </>
    )
  if (data === undefined) return <Loading />
  const question = interview.stopped ? undefined : nextQuestion(data.questions, interview)
  if (question === undefined)
    return <InterviewSummary answer={data} interview={interview} facts={facts} request={request} />
  return <Ask {...{ interview, question, facts }} answer={data} />
}

/** To the question before, and to the beginning. */
function WaysBack({ interview }: { interview: Interview }) {
  const { w } = useWords()
  const { setInterview } = useAsked()
  return (
    <p className="row">
      {interview.askings.length > 0 && (
        <Button variant="default" onClick={() => setInterview(wentBack(interview))}>
          {w.interview.back}
        </Button>
      )}
      <Button variant="default" onClick={() => setInterview(null)}>
        {w.interview.restart}
      </Button>
    </p>
  )
}

import { lazy, Suspense, useState } from 'react'
import { Route, Switch } from 'wouter'
import { HouseholdScreen } from '../household/household-screen.tsx'
import { useWords } from '../words/use-words.ts'
import { loadAnswerScreen, loadedAnswerScreen } from './load-answer-screen.ts'
import { Screen } from './screen.tsx'
import { Empty, Loading } from './states.tsx'

const LazyAnswerScreen = lazy(loadAnswerScreen)
const NoticeScreen = lazy(() => import('../answer/notice-screen.tsx'))
const InterviewScreen = lazy(() => import('../interview/interview-screen.tsx'))
const RulesScreen = lazy(() => import('../rules/rules-screen.tsx'))
const ProgrammeScreen = lazy(() => import('../rules/programme-screen.tsx'))
const DocumentsScreen = lazy(() => import('../documents/documents-screen.tsx'))
const DocumentScreen = lazy(() => import('../documents/document-screen.tsx'))
const DecisionsScreen = lazy(() => import('../decisions/decisions-screen.tsx'))
const DecisionScreen = lazy(() => import('../decisions/decision-screen.tsx'))
const RecalculationsScreen = lazy(() => import('../decisions/recalculations-screen.tsx'))
const SignInScreen = lazy(() => import('../sign-in/sign-in-screen.tsx'))
const ScreeningsScreen = lazy(() => import('../screenings/screenings-screen.tsx'))
const ScreeningScreen = lazy(() => import('../screenings/screening-screen.tsx'))

/** Every screen by its address after `#`; all but the first are fetched when opened. */
export function Routes() {
  return (
    <Suspense fallback={<Loading />}>
      <Switch>
        <Route path="/" component={HouseholdScreen} />
        <Route path="/answer" component={AnswerScreen} />
        <Route path="/notice/:city/:programme/:subject" component={NoticeScreen} />
        <Route path="/interview" component={InterviewScreen} />
        <Route path="/rules" component={RulesScreen} />
        <Route path="/rules/:city/:programme/:version?" component={ProgrammeScreen} />
        <Route path="/documents" component={DocumentsScreen} />
        <Route path="/documents/:id/:clause?" component={DocumentScreen} />
        <Route path="/decisions" component={DecisionsScreen} />
        <Route path="/decisions/:id" component={DecisionScreen} />
        <Route path="/recalculations" component={RecalculationsScreen} />
        <Route path="/screenings" component={ScreeningsScreen} />
        <Route path="/screenings/:id" component={ScreeningScreen} />
        <Route path="/sign-in" component={SignInScreen} />
        <Route component={NoScreen} />
      </Switch>
    </Suspense>
  )
}

/** Shown at once where it was fetched ahead: even then React makes a lazy screen wait up to 300 ms. */
function AnswerScreen() {
  const [Shown] = useState(() => loadedAnswerScreen() ?? LazyAnswerScreen)
  return <Shown />
}

function NoScreen() {
  const { w } = useWords()
  return (
    <Screen title={w.name}>
      <Empty title={w.common.notFound} help={w.common.notFoundHelp} />
    </Screen>
  )
}

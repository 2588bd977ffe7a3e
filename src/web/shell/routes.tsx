import { lazy, Suspense } from 'react'
import { Route, Switch } from 'wouter'
import { HouseholdScreen } from '../household/household-screen.tsx'
import { useWords } from '../words/use-words.ts'
import { loadAnswerScreen } from './load-answer-screen.ts'
import { Screen } from './screen.tsx'
import { Empty, Loading } from './states.tsx'

const AnswerScreen = lazy(loadAnswerScreen)
const NoticeScreen = lazy(() => import('../answer/notice-screen.tsx'))
const InterviewScreen = lazy(() => import('../interview/interview-screen.tsx'))
const RulesScreen = lazy(() => import('../rules/rules-screen.tsx'))
const ProgrammeScreen = lazy(() => import('../rules/programme-screen.tsx'))
const DocumentsScreen = lazy(() => import('../documents/documents-screen.tsx'))
const DocumentScreen = lazy(() => import('../documents/document-screen.tsx'))
const ScreeningsScreen = lazy(() => import('../screenings/screenings-screen.tsx'))
const ScreeningScreen = lazy(() => import('../screenings/screening-screen.tsx'))
const SignInScreen = lazy(() => import('./sign-in-screen.tsx'))

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
        <Route path="/screenings" component={ScreeningsScreen} />
        <Route path="/screenings/:id" component={ScreeningScreen} />
        <Route path="/sign-in" component={SignInScreen} />
        <Route component={NoScreen} />
      </Switch>
    </Suspense>
  )
}

function NoScreen() {
  const { w } = useWords()
  return (
    <Screen title={w.name}>
      <Empty title={w.common.notFound} help={w.common.notFoundHelp} />
    </Screen>
  )
}

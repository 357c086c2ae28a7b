// Wiring: appearance and language before the first paint, then the page.

import '@/ui/style/tokens.css'
import '@/ui/style/base.css'
import '@/ui/style/element.css'

import { createApp } from 'vue'

import { startAppearance } from '@/state/appearance'
import { followSession } from '@/state/changes'
import { rememberedLanguage, speak } from '@/state/session'
import { startKeyboard } from '@/ui/keyboard'

import App from './App.vue'
import { makeRouter } from './router'

startAppearance()
startKeyboard()
followSession()
await speak(rememberedLanguage())
createApp(App).use(makeRouter()).mount('#app')

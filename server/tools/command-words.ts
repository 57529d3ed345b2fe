// The names of the extension's commands, both languages side by side; `generate.ts` writes them into `package.nls*.json`.

import type { Locale } from '@codeant/shared/locale.ts'

const COMMANDS: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  explain: { en: 'Explain Finding', es: 'Explicar el hallazgo' },
  suppress: { en: 'Suppress Finding Here, with a Reason', es: 'Suprimir el hallazgo aquí, con un motivo' },
  analyzeWorkspace: { en: 'Analyse Workspace', es: 'Analizar el espacio de trabajo' },
  fixAll: {
    en: 'Repair Everything That Is Safe in This File',
    es: 'Corregir todo lo que sea seguro en este archivo',
  },
  showFindings: { en: 'Show Findings', es: 'Mostrar los hallazgos' },
  showGraph: { en: 'Show Workspace Graph', es: 'Mostrar el grafo del espacio de trabajo' },
  showPlan: {
    en: 'Show Hot Spots and Refactoring Plan',
    es: 'Mostrar puntos calientes y plan de refactorización',
  },
  showSimilar: {
    en: 'Show Similar Code in This Workspace',
    es: 'Mostrar código similar en este espacio de trabajo',
  },
  openPlayground: { en: 'Open the Playground for Rules', es: 'Abrir el banco de pruebas de reglas' },
  groupByRule: { en: 'Group by Rule', es: 'Agrupar por regla' },
  groupByFile: { en: 'Group by File', es: 'Agrupar por archivo' },
  showAllFindings: { en: 'Show All Findings', es: 'Mostrar todos los hallazgos' },
  showLikelyFindings: {
    en: 'Hold Back What People Hardly Ever Act On',
    es: 'Reservar aquello sobre lo que casi nadie actúa',
  },
  refreshFindings: { en: 'Refresh', es: 'Actualizar' },
  restart: { en: 'Restart Server', es: 'Reiniciar el servidor' },
  showLog: { en: 'Show Log', es: 'Mostrar el registro' },
  signIn: { en: 'Sign In to Your Endpoint', es: 'Iniciar sesión en el servidor de inferencia' },
  signOut: { en: 'Sign Out of Your Endpoint', es: 'Cerrar la sesión en el servidor de inferencia' },
  setEndpointKey: { en: 'Set Endpoint Key', es: 'Guardar la clave del servidor de inferencia' },
  showSent: { en: 'Show What Was Sent', es: 'Mostrar lo que se ha enviado' },
  decideAgain: { en: 'Decide Again What May Be Sent', es: 'Volver a decidir qué se puede enviar' },
}

export function commandWords(locale: Locale): Record<string, string> {
  return Object.fromEntries(Object.entries(COMMANDS).map(([name, it]) => [`command.${name}`, it[locale]]))
}

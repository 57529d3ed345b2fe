/** A parser that resolves external entities reads files and addresses that the document names. */

import { argument, calleeName, isTrue, keywordArgument, property, receiver } from '../../semantics/calls.ts'
import { calledName, fullName } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import { isWrittenHere } from '../../semantics/taint/written-here.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { fixes, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/xml-external-entities',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [611],
  concept: 'untrusted-data',
  impact: { likelihood: 'medium', cost: 'weeks' },
  callees: [
    ...[
      'XMLParser',
      'ETCompatXMLParser',
      'iterparse',
      'setFeature',
      'parseXml',
      'parseXmlString',
      'parseXmlAsync',
    ],
    ...['parseHtml', 'fromXml'],
  ],

  check: {
    *Call(node, file) {
      const setting = file.language === 'python' ? pythonSetting(file, node) : scriptSetting(file, node)
      if (!setting) return
      const { value, name, off } = setting
      yield {
        at: value.parent?.is('KeywordArgument', 'Pair') ? value.parent : value,
        data: { name },
        fix: { safety: 'unsafe', edits: () => (value.kind === 'Name' ? [] : [replace(value, off)]) },
      }
    },
  },

  explain: {
    en: ({ name }) => ({
      message: `\`${name}\` lets the document pull in other files`,
      why: 'A document can name any file of this machine, or any address behind its firewall, and get its content put into the result.',
      remedy: 'Leave external entities switched off.',
      fix: 'Switch external entities off',
    }),
    es: ({ name }) => ({
      message: `\`${name}\` permite que el documento traiga otros archivos`,
      why: 'Un documento puede nombrar cualquier archivo de esta máquina, o cualquier dirección detrás de su cortafuegos, y conseguir que su contenido aparezca en el resultado.',
      remedy: 'Deja desactivadas las entidades externas.',
      fix: 'Desactivar las entidades externas',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        from lxml import etree
        parser = etree.XMLParser(«resolve_entities=True»)
      `,
        py`
        from lxml import etree
        parser = etree.XMLParser(resolve_entities=False)
      `,
      ),
      fixes(
        py`
        import lxml.etree as ET
        tree = ET.parse(source, ET.XMLParser(«no_network=False», load_dtd=True))
      `,
        py`
        import lxml.etree as ET
        tree = ET.parse(source, ET.XMLParser(no_network=True, load_dtd=True))
      `,
      ),
      fixes(
        py`
        import xml.sax
        from xml.sax.handler import feature_external_ges
        parser = xml.sax.make_parser()
        parser.setFeature(feature_external_ges, «True»)
      `,
        py`
        import xml.sax
        from xml.sax.handler import feature_external_ges
        parser = xml.sax.make_parser()
        parser.setFeature(feature_external_ges, False)
      `,
      ),
      fixes(
        js`
        const libxmljs = require('libxmljs')
        const doc = libxmljs.parseXml(text, { «noent: true» })
      `,
        js`
        const libxmljs = require('libxmljs')
        const doc = libxmljs.parseXml(text, { noent: false })
      `,
      ),
      js`
        const libxml = require('libxmljs2')
        const options = { noblanks: true, «replaceEntities: true» }
        libxml.parseXmlString(text, options)
      `,
      ts`
        import { parseXml } from 'libxmljs'
        const doc = parseXml(text, { «noent: true», nocdata: true })
      `,
    ],
    valid: [
      py`
        from lxml import etree
        parser = etree.XMLParser(resolve_entities=False)
        other = etree.XMLParser(remove_blank_text=True)
      `,
      py`
        from xml.etree.ElementTree import XMLParser
        parser = XMLParser(encoding="utf-8")
      `,
      py`
        import xml.sax
        from xml.sax.handler import feature_external_ges, feature_namespaces
        parser.setFeature(feature_external_ges, False)
        parser.setFeature(feature_namespaces, True)
      `,
      py`
        import xml.dom.minidom, xml.sax
        from xml.sax.handler import feature_external_ges
        def page():
            parser = xml.sax.make_parser()
            parser.setFeature(feature_external_ges, True)
            text = "<page/>" if 2 + 3 > 4 else load()
            return xml.dom.minidom.parseString(text, parser)
      `,
      py`
        class XMLParser: pass
        XMLParser(resolve_entities=True)
      `,
      js`
        const libxmljs = require('libxmljs')
        libxmljs.parseXml(text)
        libxmljs.parseXml(text, { noent: false })
        libxmljs.parseXml('<a/>', { noent: true })
      `,
      ts`const doc = new DOMParser().parseFromString(text, 'text/xml')`,
      ts`parser.parseXml(text, { noent: true })`,
    ],
  },
})

interface Setting {
  readonly value: SyntaxNode
  readonly name: string
  /** What the value must be for entities to stay out. */
  readonly off: string
}

function pythonSetting(file: SourceFile, call: SyntaxNode): Setting | undefined {
  const name = calledName(file, call)
  if (calleeName(call) === 'setFeature') {
    const [feature, value] = call.children('argument')
    if (!feature || !value || !isTrue(file, value) || readsOwnText(file, call)) return undefined
    const isExternal =
      /^xml\.sax\.handler\.feature_external_(ges|pes)$/.test(fullName(file, feature)) ||
      /^http:\/\/xml\.org\/sax\/features\/external-(general|parameter)-entities$/.test(
        String(file.constant(feature)?.value ?? ''),
      )
    return isExternal ? { value, name: feature.text, off: 'False' } : undefined
  }
  if (!/^lxml\.etree\.(XMLParser|ETCompatXMLParser|iterparse)$/.test(name)) return undefined
  const entities = keywordArgument(call, 'resolve_entities')
  if (entities && isTrue(file, entities))
    return { value: entities, name: 'resolve_entities=True', off: 'False' }
  const network = keywordArgument(call, 'no_network')
  const isOn =
    network && file.constant(network)?.value === false && isTrue(file, keywordArgument(call, 'load_dtd'))
  return isOn ? { value: network, name: 'no_network=False', off: 'True' } : undefined
}

/** All that the parser is given in this function is text that the file spells out. */
function readsOwnText(file: SourceFile, call: SyntaxNode): boolean {
  const parser = receiver(call)
  const binding = parser?.kind === 'Name' ? file.binding(parser) : undefined
  const read: boolean[] = []
  for (const use of binding?.reads() ?? []) {
    if (use.function?.row !== call.function?.row) return false
    const method = use.role === 'object' ? use.parent?.parent : undefined
    const parsing = use.role === 'argument' ? use.parent : method
    if (parsing?.kind !== 'Call' || !/^parse/.test(calleeName(parsing))) continue
    const text = argument(parsing, 0)
    read.push(text !== undefined && text.row !== use.row && isWrittenHere(file, text))
  }
  return read.length > 0 && !read.includes(false)
}

function scriptSetting(file: SourceFile, call: SyntaxNode): Setting | undefined {
  if (
    !/^(libxmljs2?|libxmljs2?\.(Document|default))\.(parseXml|parseXmlString|parseXmlAsync|parseHtml|fromXml)$/.test(
      calledName(file, call),
    )
  )
    return undefined
  const text = argument(call, 0)
  const options = argument(call, 1)
  if (!text || !options || file.constant(text)) return undefined
  const object = file.value(options)
  for (const name of ['noent', 'replaceEntities']) {
    const value = property(object, name)
    if (value && isTrue(file, value)) return { value, name: `${name}: true`, off: 'false' }
  }
  return undefined
}

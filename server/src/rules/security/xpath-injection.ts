/** A value that is written into the text of an XPath can rewrite what is looked for. */

import { XPATH_CALLEES, xpathText } from '../../semantics/taint/sinks/xpath.ts'
import { sourceText, untrusted } from '../../semantics/taint/untrusted.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/xpath-injection',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [643],
  concept: 'injection',
  impact: { likelihood: 'medium', cost: 'days' },
  callees: XPATH_CALLEES,

  check: {
    *Call(node, file) {
      const text = file.isTest ? undefined : xpathText(file, node)
      const source = text && untrusted(file, text, { origins: ['request'] })
      if (!source) return
      yield {
        at: text,
        data: { value: sourceText(source) },
        ...(text.contains(source.at) ? {} : { related: [source.at] }),
      }
    },
  },

  explain: {
    en: ({ value }) => ({
      message: `\`${value}\` is written into the text of an XPath`,
      why: 'A quote in the value ends the value, and what follows it is read as XPath: a search for one person finds all of them, and a login needs no password.',
      remedy:
        'Pass the value as a variable: `tree.xpath("//user[@name=$name]", name=name)` in lxml, `xpath.parse(…).select({ variables })` in JavaScript.',
    }),
    es: ({ value }) => ({
      message: `\`${value}\` se escribe dentro del texto de una expresión XPath`,
      why: 'Una comilla en el valor lo cierra, y lo que sigue se lee como XPath: buscar a una persona las encuentra a todas, y un acceso no necesita contraseña.',
      remedy:
        'Pasa el valor como variable: `tree.xpath("//user[@name=$name]", name=name)` en lxml, `xpath.parse(…).select({ variables })` en JavaScript.',
    }),
  },

  examples: {
    invalid: [
      py`
        import lxml.etree
        from flask import request
        def user():
            query = f"/people/person[@id='{request.args['id']}']"
            return lxml.etree.XPath(«query»)(tree)
      `,
      py`
        import xml.etree.ElementTree as ET
        from flask import request
        def user(root: ET.Element):
            return root.findall(«".//person[@name='" + request.form["name"] + "']"»)
      `,
      py`
        from flask import request
        def user(tree):
            return tree.xpath(«"//user[name/text()='%s']" % request.args.get("name")»)
      `,
      js`
        const xpath = require('xpath')
        app.get('/user', (req, res) => res.json(xpath.select(«"//user[@name='" + req.query.name + "']"», doc)))
      `,
      ts`
        import xpath from 'xpath'
        app.post('/login', (req: Request, res: Response) => {
          const query = \`//user[login/text()='\${req.body.login}']\`
          res.send(xpath.select1(«query», doc))
        })
      `,
    ],
    valid: [
      py`
        from flask import request
        def user(tree):
            return tree.xpath("//user[@name=$name]", name=request.args["name"])
      `,
      py`
        from flask import request
        def user(tree):
            number = int(request.args["id"])
            return tree.xpath(f"//user[@id='{number}']")
      `,
      py`
        from flask import request
        def position(): return text.find(request.args["name"])
      `,
      js`app.get('/user', (req, res) => res.json(users.find(it => it.name === req.query.name)))`,
      js`
        const xpath = require('xpath')
        const find = name => xpath.select("//user[@name='" + name + "']", doc)
      `,
      ts`app.get('/user', async (req: Request, res: Response) => res.json(await User.find('users/' + req.params.id)))`,
    ],
  },
})

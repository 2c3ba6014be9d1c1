// The SQL editor: colours and line numbers for the text area, Shift+Enter to run.
window.addEventListener("DOMContentLoaded", () => {
  const input = document.querySelector("textarea#sql-editor");
  if (!input) return;
  CodeMirror.fromTextArea(input, {
    lineNumbers: true,
    lineWrapping: true,
    mode: "text/x-sql",
    extraKeys: { "Shift-Enter": () => input.form.requestSubmit(), Tab: false },
  });
});

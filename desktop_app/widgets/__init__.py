"""The widget kit: what the program's screens are made of. It knows no ledger and no database.

What to use for what:

- `theme.apply_theme(app, Theme(...))` once at the start; `tokens` has all colours and sizes;
  `icons.icon("printer")` for a line icon; `input_method.prepare_input_method()` comes before
  the QApplication.
- Text: `inputs.LineInput`, `inputs.TextInput`; meaning: `value_inputs.DateInput`, `NumberInput`,
  `IdInput`, `PhoneInput`; one out of a few: `choices.ChoiceBar`, out of many: `choices.ChoiceBox`;
  the box: `search_box.SearchBox`. All have `value()`, `set_value()` and a signal `changed`.
- Each of them goes into a `field.LabelledField(label, editor, key="N", optional=True)`, which shows
  `set_problem(sentence)` in words; `forms.focus_order([...])` sets the order of Tab.
- Card readers: one `burst_router.BurstRouter` for the application, `set_target()` by the form.
- Lists: `table_page.PagedTable` with `table_model.Column` and `row_actions.RowAction`, and
  `long_list.LongList` as the main list of a page; short two-line lists: `line_list.LineList`;
  state: `chips.ChipText` in a column, `chips.Chip` alone.
- Long work: `jobs.JobRunner.start(title, work)` answers a `Ticket` with `done`, `failed`,
  `cancelled`, `progressed`; the runner's owner calls `shut_down()` at the end.
- Questions: `dialogs.ask`, `confirm`, `tell`, `ask_reason`, `choose`: opened, never executed.
- News: `notify.UndoStrip`, `StatusStrip`, `Banner`.
- Pages: `forms.PageTitle`, `Card`, `KeyMap`, `primary_button`; `rail.Rail` at the left;
  `state_pane.StatePane` for what has nothing to show.
- Paper: `pdf_view.PdfView(runner)` shows, searches, prints and hands over for saving what
  `show_pdf(bytes, name)` gives it; figures: `charts.ChartView(chart)`, see `core/chart.py`.
- This PC's settings: `local_settings.load_local_settings(path)`.

Rules: signals carry uids or frozen dataclasses as `Signal(object)`; connect bound methods or
`partial` of them, never lambdas; give every widget a parent; never `exec()`, never a maximum
length or a validator on text.
"""

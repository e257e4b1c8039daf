/* What pages need beyond PrimeFaces: repairs of roles and names that PrimeFaces 15 writes wrongly (found with axe and
   the keyboard), menus that close, "/" for the search, copying, theme and language. A file of our own: the content
   security policy allows no inline scripts. */
(function () {
  'use strict';
  var set = function (root, selector, name, value) {
    root.querySelectorAll(selector).forEach(function (e) {
      var v = typeof value === 'function' ? value(e) : value;
      if (v === null) e.removeAttribute(name);
      else if (v !== undefined && e.getAttribute(name) !== v) e.setAttribute(name, v);
    });
  };
  var nameOf = function (e) { // the label's text of the field to which a panel belongs
    var field = document.getElementById((e.closest('[id$="_panel"]') || e).id.replace(/_panel$/, ''));
    var label = field && field.closest('.ph-field') && field.closest('.ph-field').querySelector('label');
    return label ? label.textContent.trim() : undefined;
  };
  var repair = function (root) {
    set(root, '.ui-menu-list, .ui-menu-list > .ui-menuitem, .ui-menu-list > .ui-widget-header, .ui-menu-list h3', 'role', 'none');
    set(root, '.ui-messages ul', 'role', 'none'); // its li are alerts
    set(root, '.ui-selectonemenu-panel [role=listbox]', 'aria-label', nameOf);
    set(root, '.ui-selectcheckboxmenu-panel', 'aria-label', nameOf);
    set(root, '.ui-selectcheckboxmenu-list, .ui-selectcheckboxmenu-list > li', 'role', 'none');
    set(root, '.ui-selectcheckboxmenu-list input', 'role', null); // a checkbox is a checkbox
    ['aria-selected', 'aria-setsize', 'aria-posinset'].forEach(function (a) {
      set(root, '.ui-selectcheckboxmenu-list input', a, null);
    });
    set(root, '.ui-selectcheckboxmenu-list', 'aria-multiselectable', null);
    set(root, '.ui-selectcheckboxmenu-filter', 'aria-controls', function (e) { return e.id.replace(/_filter$/, '_list'); });
    set(root, '.ui-growl-icon-close', 'tabindex', '0');
    set(root, '.ui-button > .ui-icon, .ui-button > .pi', 'aria-hidden', 'true'); // its sign is no letter of the name
  };
  var counting = function () { // seconds since a moment: <span data-since="2026-11-20T14:05:34Z">
    document.querySelectorAll('[data-since]').forEach(function (e) {
      var s = Math.max(0, Math.round((Date.now() - Date.parse(e.dataset.since)) / 1000));
      var text = Math.floor(s / 60) + ':' + String(s % 60).padStart(2, '0');
      if (e.textContent !== text) e.textContent = text; // a change of nothing would wake the observer again for ever
    });
  };
  new MutationObserver(function (changes) {
    if (changes.some(function (c) { return c.addedNodes.length; })) { repair(document); counting(); }
  }).observe(document.documentElement, { childList: true, subtree: true });
  repair(document);
  counting();
  setInterval(counting, 1000);

  var keep = function (name, value) {
    document.cookie = name + '=' + value + ';path=/;max-age=31536000;samesite=lax' +
      (location.protocol === 'https:' ? ';secure' : '');
  };
  var closeMenus = function (but) {
    document.querySelectorAll('details.ph-pop[open]').forEach(function (d) { if (d !== but) d.open = false; });
  };
  var toast = function (text, detail) { // the words come from the page, so they are in its language
    if (text && window.PrimeFaces) {
      var growl = document.getElementById('toast');
      var widget = growl && PrimeFaces.getWidgetById('toast');
      if (widget) widget.renderMessage({ summary: text, detail: detail || '', severity: 'info' });
    }
  };
  var copy = function (button) {
    var from = button.dataset.copy ? button.dataset.copy : document.getElementById(button.dataset.copyFrom).value;
    var done = function () { toast(button.dataset.copied, button.dataset.copiedDetail); };
    if (navigator.clipboard) {
      navigator.clipboard.writeText(from).then(done, function () { fallback(from, button); done(); });
    } else { fallback(from, button); done(); }
  };
  var openDialog = function () { return document.querySelector('.ui-dialog[aria-hidden=false]'); };
  var fallback = function (text, button) { // without https browsers offer no clipboard
    var dialog = openDialog();
    var before = document.activeElement;
    if (dialog && !dialog.contains(before)) before = button; // the focus stays where the person is
    var area = document.createElement('textarea');
    area.value = text;
    area.setAttribute('readonly', '');
    area.className = 'ph-sr';
    (dialog || document.body).appendChild(area);
    area.select();
    document.execCommand('copy');
    area.remove();
    if (before) before.focus(); // what is taken away takes the focus with it
  };
  window.Payhub = {
    /* after "Payment link": the link is in the clipboard before anybody looks for it */
    linkMade: function (args) {
      if (args && args.validationFailed && !document.getElementById('linkCopy')) return;
      PF('linkDialog').show();
      var button = document.getElementById('linkCopy');
      if (button && !args.validationFailed) copy(button);
      // Its first field is folded away: it counts as visible and takes no focus.
      setTimeout(function () {
        var dialog = openDialog();
        var first = button || (dialog && dialog.querySelector('.ui-dialog-content a[href]'));
        if (first && dialog && !dialog.contains(document.activeElement)) first.focus();
      }, 120);
    },
    /* the opener has the focus back, also when it was drawn anew meanwhile */
    back: function () {
      var give = function () { // a field of the closed dialog may still count as focused
        var opener = opened && document.getElementById(opened);
        var now = document.activeElement;
        if (opener && (!now || now === document.body || now.closest('.ui-dialog[aria-hidden=true]'))) opener.focus();
      };
      [0, 200, 600].forEach(function (wait) { setTimeout(give, wait); }); // a button that still works takes no focus
    },
    /* shows a dialog unless opening it was refused */
    show: function (dialog, args) { if (!args.validationFailed) PF(dialog).show(); },
    /* closes a dialog unless what it asked for was refused */
    hide: function (dialog, args) { if (!args.validationFailed) PF(dialog).hide(); }
  };

  var opened = '';
  var verb = function (field) { // the button says what it will do with the typed amount
    var button = document.getElementById(field.dataset.verb);
    if (!button) return;
    button.querySelector('.ui-button-text').textContent = button.dataset.verbText
      .replace('{0}', (field.value || '…') + '\u00a0' + button.dataset.verbUnit);
  };
  document.addEventListener('input', function (e) {
    if (e.target.matches('[data-verb]')) {
      verb(e.target);
      var seg = e.target.closest('.ph-field').querySelector('.ph-seg');
      if (seg) seg.querySelectorAll('[data-fill]').forEach(function (b) {
        b.setAttribute('aria-pressed', String(b.dataset.fill === e.target.value));
      });
    }
  });
  document.addEventListener('click', function (e) {
    var pressed = e.target.closest('button[id]');
    if (pressed && !pressed.closest('.ui-dialog')) opened = pressed.id;
    var menu = e.target.closest('details.ph-pop');
    closeMenus(menu);
    var theme = e.target.closest('[data-set-theme]');
    if (theme) {
      keep('payhub_theme', theme.dataset.setTheme);
      document.documentElement.dataset.theme = theme.dataset.setTheme;
      theme.parentNode.querySelectorAll('[data-set-theme]').forEach(function (b) {
        b.setAttribute('aria-pressed', String(b === theme));
      });
    }
    var language = e.target.closest('[data-set-language]');
    if (language) { keep('payhub_language', language.dataset.setLanguage); location.reload(); }
    var copies = e.target.closest('[data-copy],[data-copy-from]');
    if (copies) copy(copies);
    var all = e.target.closest('[data-show-all]');
    if (all) document.getElementById(all.dataset.showAll).classList.add('is-all');
    var fill = e.target.closest('[data-fill]'); // All, Half: puts an amount into a field
    if (fill) {
      var field = document.getElementById(fill.dataset.fillInto);
      field.value = fill.dataset.fill;
      fill.parentNode.querySelectorAll('[data-fill]').forEach(function (b) { b.setAttribute('aria-pressed', String(b === fill)); });
      if (field.dataset.verb) verb(field);
      if (fill.dataset.fill === '') field.focus();
    }
  });
  document.addEventListener('change', function (e) { // a choice in a filter acts at once
    if (e.target.matches('[data-auto-submit]')) e.target.form.requestSubmit();
  });
  document.addEventListener('keydown', function (e) {
    var typing = e.target.matches('input, textarea, select, [contenteditable]');
    if (e.key === '/' && !typing && !e.ctrlKey && !e.metaKey && !e.altKey) {
      var find = document.getElementById('find');
      if (find && find.offsetParent) { e.preventDefault(); find.focus(); find.select(); }
    }
    if (e.key === 'Escape') {
      var open = document.querySelector('details.ph-pop[open]');
      if (open) { open.open = false; open.querySelector('summary').focus(); return; }
      var close = document.querySelector('.ph-aside [data-close]');
      if (close && !openDialog()) close.click();
    }
    if ((e.key === 'ArrowDown' || e.key === 'ArrowUp') && !typing) { // arrows walk the rows of a list
      var rows = Array.prototype.slice.call(document.querySelectorAll('a.ph-rowlink, .ph-v__who a'));
      var at = rows.indexOf(document.activeElement);
      if (at >= 0) {
        var to = rows[at + (e.key === 'ArrowDown' ? 1 : -1)];
        if (to) { e.preventDefault(); to.focus(); }
      }
    }
    if ((e.key === 'Enter' || e.key === ' ') && e.target.classList.contains('ui-growl-icon-close')) {
      e.preventDefault(); e.target.click(); // the toast's cross by keyboard
    }
  });
}());

'use strict';

module.exports = {
  routes: [
    { method: 'POST', path: '/accounts/sign-in', handler: 'account.signIn' },
    { method: 'GET', path: '/accounts/:id', handler: 'account.findOne' },
    { method: 'PUT', path: '/accounts/:id/password', handler: 'account.changePassword' },
  ],
};
